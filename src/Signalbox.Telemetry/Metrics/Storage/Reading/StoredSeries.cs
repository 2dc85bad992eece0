using Signalbox.PromQL;
using Signalbox.PromQL.Model;

namespace Signalbox.Telemetry.Metrics.Storage.Reading;

/// <summary>One series of a selection: what day files have of it, and what was in memory.</summary>
internal sealed class StoredSeries(Labels labels) : ISeries
{
    public Labels Labels { get; } = labels;

    public HeadPart Head { get; set; }

    public void Read(TimeWindow window, SampleBuffer buffer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Head.Read(window, buffer);
    }
}
