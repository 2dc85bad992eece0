using Signalbox.PromQL.Model;

namespace Signalbox.Telemetry.Metrics.Storage.Chunks;

/// <summary>Packs native histograms: the layout once, then each number as its difference to the sample before.</summary>
/// <remarks>
/// A sample is: the change of distance in time (zigzag varint), a byte of flags (bit 0: layout as before; bits 1–2: counter reset hint), the
/// layout when it is new (schema, zero threshold, positive spans, negative spans, custom values, bucket counts), then count, sum, zero
/// count and buckets. A number is a varint: zigzag of the difference times two when both are whole and small enough to be exact, else 1 and 8 bytes.
/// </remarks>
internal static class HistogramEncoder
{
    /// <summary>Above this a double no longer holds every whole number.</summary>
    private const double Exact = 1L << 53;

    /// <param name="previous">The sample before in the same chunk; null for the first.</param>
    /// <param name="change">Change of the distance in time; for the first sample 0.</param>
    public static void Append(ref ByteAppender data, HistogramSample? previous, long change, HistogramSample sample)
    {
        data.Signed(change);
        var same = previous is not null && HistogramEquality.SameLayout(previous, sample);
        data.Byte((byte)((same ? 1 : 0) | ((int)sample.CounterResetHint << 1)));
        if (!same)
        {
            AppendLayout(ref data, sample);
        }

        var reference = same ? previous : null;
        Number(ref data, reference?.Count ?? 0, sample.Count);
        Number(ref data, reference?.Sum ?? 0, sample.Sum);
        Number(ref data, reference?.ZeroCount ?? 0, sample.ZeroCount);
        Numbers(ref data, reference?.PositiveBuckets, sample.PositiveBuckets);
        Numbers(ref data, reference?.NegativeBuckets, sample.NegativeBuckets);
    }

    private static void AppendLayout(ref ByteAppender data, HistogramSample sample)
    {
        data.Signed(sample.Schema);
        data.Double(sample.ZeroThreshold);
        Spans(ref data, sample.PositiveSpans);
        Spans(ref data, sample.NegativeSpans);
        data.Unsigned((ulong)sample.CustomValues.Count);
        foreach (var bound in sample.CustomValues)
        {
            data.Double(bound);
        }

        data.Unsigned((ulong)sample.PositiveBuckets.Count);
        data.Unsigned((ulong)sample.NegativeBuckets.Count);
    }

    private static void Spans(ref ByteAppender data, IReadOnlyList<BucketSpan> spans)
    {
        data.Unsigned((ulong)spans.Count);
        foreach (var span in spans)
        {
            data.Signed(span.Offset);
            data.Unsigned(span.Length);
        }
    }

    private static void Numbers(ref ByteAppender data, IReadOnlyList<double>? previous, IReadOnlyList<double> current)
    {
        for (var index = 0; index < current.Count; index++)
        {
            Number(ref data, previous?[index] ?? 0, current[index]);
        }
    }

    private static void Number(ref ByteAppender data, double previous, double current)
    {
        if (IsWhole(previous) && IsWhole(current))
        {
            data.Unsigned(ByteAppender.ZigZag((long)current - (long)previous) << 1);
            return;
        }

        data.Unsigned(1);
        data.Double(current);
    }

    // A negative zero is whole, but would come back as a positive one.
    private static bool IsWhole(double value) =>
        Math.Abs(value) <= Exact && double.IsInteger(value) && !(value == 0 && double.IsNegative(value));
}
