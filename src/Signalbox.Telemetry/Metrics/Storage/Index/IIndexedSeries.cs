using Signalbox.PromQL;

namespace Signalbox.Telemetry.Metrics.Storage.Index;

/// <summary>What an index needs to know of a series.</summary>
internal interface IIndexedSeries
{
    SeriesIdentity Identity { get; }

    /// <summary>Whether the series has samples between its first and last in the window.</summary>
    bool Overlaps(TimeWindow window);
}
