using Signalbox.PromQL.Histograms;
using Signalbox.PromQL.Model;

namespace Signalbox.PromQL.Evaluation;

/// <summary>A series whose histograms say of themselves whether they follow a counter reset.</summary>
internal sealed class ResetDetectingSeries(ISeries inner) : ISeries
{
    public Labels Labels => inner.Labels;

    public void Read(TimeWindow window, SampleBuffer buffer, CancellationToken cancellationToken)
    {
        using var raw = new SampleBuffer();
        inner.Read(window, raw, cancellationToken);
        HistogramSample? before = null;
        for (var index = 0; index < raw.Count; index++)
        {
            if (raw.HistogramAt(index) is not { } histogram)
            {
                buffer.Append(raw.Timestamps[index], raw.Values[index]);
                before = null;
                continue;
            }

            var isReset = histogram.CounterResetHint == CounterResetHint.Unknown && before is not null && HistogramMath.IsReset(before, histogram);
            buffer.Append(raw.Timestamps[index], isReset ? histogram with { CounterResetHint = CounterResetHint.Reset } : histogram);
            before = histogram;
        }
    }
}
