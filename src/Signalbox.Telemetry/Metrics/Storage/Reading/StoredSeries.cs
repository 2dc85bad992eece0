using Signalbox.PromQL;
using Signalbox.PromQL.Model;

namespace Signalbox.Telemetry.Metrics.Storage.Reading;

/// <summary>One series of a selection: what day files have of it, and what was in memory.</summary>
internal sealed class StoredSeries(Labels labels) : ISeries
{
    private List<DayPart>? _days;

    public Labels Labels { get; } = labels;

    public HeadPart Head { get; set; }

    /// <summary>Days are added oldest first.</summary>
    public void Add(DayPart day) => (_days ??= []).Add(day);

    public void Read(TimeWindow window, SampleBuffer buffer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_days is null)
        {
            Head.Read(window, buffer);
            return;
        }

        if (buffer.Count > 0)
        {
            // What the caller has there must not be taken for this series'.
            using var own = new SampleBuffer();
            Read(window, own, cancellationToken);
            HeadPart.Copy(own, buffer);
            return;
        }

        foreach (var day in _days)
        {
            day.Read(window, buffer);
        }

        Head.Merge(window, buffer);
    }
}
