using Signalbox.Telemetry.Metrics.Storage.Days;
using Signalbox.Telemetry.Metrics.Storage.Log;

namespace Signalbox.Telemetry.Metrics.Storage;

/// <summary>What the store has on disk.</summary>
internal sealed record StoreFiles(LogFolder Log, DaySet Days, Catalogue Catalogue)
{
    public long Bytes => Log.Bytes + Days.Bytes + Catalogue.Bytes;
}
