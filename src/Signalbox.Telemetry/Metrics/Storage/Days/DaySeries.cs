using Signalbox.PromQL;
using Signalbox.Telemetry.Metrics.Storage.Index;

namespace Signalbox.Telemetry.Metrics.Storage.Days;

/// <summary>A series of a day file, as its index knows it.</summary>
internal sealed class DaySeries(SeriesIdentity identity, int id, TimeWindow bounds) : IIndexedSeries
{
    public SeriesIdentity Identity { get; } = identity;

    public int Id { get; } = id;

    public bool Overlaps(TimeWindow window) => bounds.From <= window.To && bounds.To >= window.From;
}
