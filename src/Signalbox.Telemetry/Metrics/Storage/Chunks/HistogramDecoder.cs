using Signalbox.PromQL;
using Signalbox.PromQL.Model;

namespace Signalbox.Telemetry.Metrics.Storage.Chunks;

/// <summary>Unpacks what <see cref="HistogramEncoder"/> packed.</summary>
internal static class HistogramDecoder
{
    /// <summary>Appends the samples of the closed window to <paramref name="buffer"/>.</summary>
    /// <exception cref="InvalidDataException">The body ends early or is not one.</exception>
    public static void Decode(ReadOnlySpan<byte> body, int count, long start, TimeWindow window, SampleBuffer buffer)
    {
        var cursor = new ByteCursor(body);
        HistogramSample? previous = null;
        var time = start;
        var delta = 0L;
        for (var read = 0; read < count; read++)
        {
            var sample = Read(ref cursor, previous, out var change);
            delta = unchecked(delta + change);
            time = unchecked(time + delta);
            previous = sample;
            if (time > window.To)
            {
                return;
            }

            if (time >= window.From)
            {
                buffer.Append(time, sample);
            }
        }
    }

    public static HistogramSample Read(ref ByteCursor cursor, HistogramSample? previous, out long change)
    {
        change = cursor.Signed();
        var flags = cursor.Byte();
        var same = (flags & 1) != 0;
        if (flags > 7 || (same && previous is null))
        {
            throw new InvalidDataException("A histogram sample has unknown flags.");
        }

        var layout = same ? previous! : Layout(ref cursor);
        var reference = same ? previous : null;
        return layout with
        {
            CounterResetHint = (CounterResetHint)(flags >> 1),
            Count = Number(ref cursor, reference?.Count ?? 0),
            Sum = Number(ref cursor, reference?.Sum ?? 0),
            ZeroCount = Number(ref cursor, reference?.ZeroCount ?? 0),
            PositiveBuckets = Numbers(ref cursor, reference?.PositiveBuckets, layout.PositiveBuckets.Count),
            NegativeBuckets = Numbers(ref cursor, reference?.NegativeBuckets, layout.NegativeBuckets.Count),
        };
    }

    // The buckets are empty arrays of the right length until the numbers are read.
    private static HistogramSample Layout(ref ByteCursor cursor)
    {
        var schema = checked((int)Math.Clamp(cursor.Signed(), int.MinValue, int.MaxValue));
        var threshold = cursor.Double();
        var positive = Spans(ref cursor);
        var negative = Spans(ref cursor);
        var custom = new double[cursor.Count(8)];
        for (var index = 0; index < custom.Length; index++)
        {
            custom[index] = cursor.Double();
        }

        return new HistogramSample
        {
            Schema = schema,
            ZeroThreshold = threshold,
            PositiveSpans = positive,
            NegativeSpans = negative,
            CustomValues = custom,
            PositiveBuckets = new double[cursor.Count(1)],
            NegativeBuckets = new double[cursor.Count(1)],
        };
    }

    private static BucketSpan[] Spans(ref ByteCursor cursor)
    {
        var spans = new BucketSpan[cursor.Count(2)];
        for (var index = 0; index < spans.Length; index++)
        {
            spans[index] = new BucketSpan(unchecked((int)cursor.Signed()), unchecked((uint)cursor.Unsigned()));
        }

        return spans;
    }

    private static double[] Numbers(ref ByteCursor cursor, IReadOnlyList<double>? previous, int count)
    {
        if (count > cursor.Remaining)
        {
            throw new InvalidDataException("A histogram has more buckets than data.");
        }

        var numbers = new double[count];
        for (var index = 0; index < count; index++)
        {
            numbers[index] = Number(ref cursor, previous?[index] ?? 0);
        }

        return numbers;
    }

    private static double Number(ref ByteCursor cursor, double previous)
    {
        var coded = cursor.Unsigned();
        if (coded == 1)
        {
            return cursor.Double();
        }

        if ((coded & 1) != 0)
        {
            throw new InvalidDataException("A histogram holds a number of unknown form.");
        }

        return unchecked((long)previous + ByteAppender.UnZigZag(coded >> 1));
    }
}
