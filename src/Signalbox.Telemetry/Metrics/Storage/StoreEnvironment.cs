using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace Signalbox.Telemetry.Metrics.Storage;

/// <summary>What a store takes from outside.</summary>
internal sealed record StoreEnvironment(TimeProvider TimeProvider, IMeterFactory Meters, ILogger Logger, IFreeSpace FreeSpace)
{
    /// <summary>Milliseconds since the Unix epoch.</summary>
    public long Now => TimeProvider.GetUtcNow().ToUnixTimeMilliseconds();
}
