using Signalbox.PromQL.Model;
using Signalbox.Telemetry.Metrics.Storage.Chunks;

namespace Signalbox.Telemetry.Tests.Metrics.Storage;

/// <summary>Native histograms for tests.</summary>
internal static class Histograms
{
    public static HistogramSample Sample(int weight) => new()
    {
        Schema = 3,
        Count = 4 * weight,
        Sum = 1.5 * weight,
        ZeroThreshold = 1e-9,
        ZeroCount = weight,
        PositiveSpans = [new BucketSpan(0, 2), new BucketSpan(3, 1)],
        PositiveBuckets = [weight, weight * 2, 0.25],
        NegativeSpans = [new BucketSpan(-2, 1)],
        NegativeBuckets = [weight],
        CounterResetHint = CounterResetHint.NotReset,
    };

    public static bool Same(HistogramSample expected, HistogramSample? actual) => actual is not null && HistogramEquality.Same(expected, actual);
}
