using Signalbox.PromQL.Model;
using Signalbox.Telemetry.Wire;

namespace Signalbox.Telemetry.Metrics.RemoteWrite;

/// <summary>Decodes the native histogram message that both remote-write schemas share.</summary>
/// <remarks>
/// Histogram: 1 count int, 2 count float, 3 sum, 4 schema, 5 zero threshold, 6 zero count int, 7 zero count float, 8 negative spans, 9 negative deltas,
/// 10 negative counts, 11 positive spans, 12 positive deltas, 13 positive counts, 14 reset hint, 15 timestamp, 16 custom values. BucketSpan: 1 offset, 2 length.
/// Integer histograms give each bucket as the difference to the one before it.
/// Source: https://github.com/prometheus/prometheus/blob/v3.5.0/prompb/types.proto
/// </remarks>
internal sealed class NativeHistogramDecoder
{
    private readonly Side _negative = new();
    private readonly Side _positive = new();
    private readonly List<double> _customValues = [];

    /// <returns>The histogram, and null or why it is not valid.</returns>
    /// <exception cref="WireFormatException">The message is malformed.</exception>
    public (long Timestamp, HistogramSample Histogram, string? Fault) Read(ReadOnlySpan<byte> message)
    {
        _negative.Clear();
        _positive.Clear();
        _customValues.Clear();
        var histogram = new Fields();
        var reader = new ProtobufReader(message, "Histogram");
        while (reader.TryReadTag())
        {
            ReadField(ref reader, ref histogram);
        }

        var fault = Validate(histogram.Schema);
        return (histogram.Timestamp, fault is null ? Build(histogram) : new HistogramSample { Schema = 0 }, fault);
    }

    private void ReadField(ref ProtobufReader reader, ref Fields histogram)
    {
        switch (reader.Field)
        {
            case 1:
                histogram.Count = reader.ReadVarintValue();
                break;
            case 2:
                histogram.Count = reader.ReadDouble();
                break;
            case 3:
                histogram.Sum = reader.ReadDouble();
                break;
            case 4:
                histogram.Schema = reader.ReadSInt32();
                break;
            case 5:
                histogram.ZeroThreshold = reader.ReadDouble();
                break;
            case 6:
                histogram.ZeroCount = reader.ReadVarintValue();
                break;
            case 7:
                histogram.ZeroCount = reader.ReadDouble();
                break;
            case >= 8 and <= 10:
                ReadSide(ref reader, _negative, reader.Field - 8);
                break;
            case >= 11 and <= 13:
                ReadSide(ref reader, _positive, reader.Field - 11);
                break;
            case 14:
                histogram.ResetHint = reader.ReadInt32();
                break;
            case 15:
                histogram.Timestamp = reader.ReadInt64();
                break;
            case 16:
                reader.ReadDoubles(_customValues);
                break;
            default:
                reader.Skip();
                break;
        }
    }

    /// <param name="field">0 for spans, 1 for deltas, 2 for counts.</param>
    private static void ReadSide(ref ProtobufReader reader, Side side, int field)
    {
        switch (field)
        {
            case 0:
                side.Spans.Add(ReadSpan(reader.ReadBytes()));
                break;
            case 1:
                reader.ReadVarints(side.Deltas);
                break;
            default:
                reader.ReadDoubles(side.Counts);
                break;
        }
    }

    private static BucketSpan ReadSpan(ReadOnlySpan<byte> message)
    {
        var reader = new ProtobufReader(message, "BucketSpan");
        var offset = 0;
        var length = 0u;
        while (reader.TryReadTag())
        {
            switch (reader.Field)
            {
                case 1:
                    offset = reader.ReadSInt32();
                    break;
                case 2:
                    length = unchecked((uint)reader.ReadVarintValue());
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new BucketSpan(offset, length);
    }

    private string? Validate(int schema)
    {
        if (schema is (< -4 or > 8) and not HistogramSample.CustomBucketsSchema)
        {
            return $"has a native histogram of the unknown schema {schema}";
        }

        return _negative.Validate() ?? _positive.Validate();
    }

    private HistogramSample Build(in Fields histogram) => new()
    {
        Schema = histogram.Schema,
        Count = histogram.Count,
        Sum = histogram.Sum,
        ZeroThreshold = histogram.ZeroThreshold,
        ZeroCount = histogram.ZeroCount,
        NegativeSpans = [.. _negative.Spans],
        NegativeBuckets = _negative.Absolute(),
        PositiveSpans = [.. _positive.Spans],
        PositiveBuckets = _positive.Absolute(),
        CustomValues = [.. _customValues],
        CounterResetHint = histogram.ResetHint is >= 0 and <= 3 ? (CounterResetHint)histogram.ResetHint : CounterResetHint.Unknown,
    };

    private struct Fields
    {
        public double Count;
        public double Sum;
        public int Schema;
        public double ZeroThreshold;
        public double ZeroCount;
        public int ResetHint;
        public long Timestamp;
    }

    /// <summary>The buckets below or above zero.</summary>
    private sealed class Side
    {
        public List<BucketSpan> Spans { get; } = [];

        public List<ulong> Deltas { get; } = [];

        public List<double> Counts { get; } = [];

        public void Clear()
        {
            Spans.Clear();
            Deltas.Clear();
            Counts.Clear();
        }

        public string? Validate()
        {
            if (Deltas.Count > 0 && Counts.Count > 0)
            {
                return "has a native histogram with both integer and float buckets";
            }

            var declared = 0L;
            for (var index = 0; index < Spans.Count; index++)
            {
                declared += Spans[index].Length;
                if (index > 0 && Spans[index].Offset < 0)
                {
                    return "has a native histogram whose spans overlap";
                }
            }

            return declared == Deltas.Count + Counts.Count ? null : "has a native histogram whose spans do not cover its buckets";
        }

        public double[] Absolute()
        {
            if (Counts.Count > 0)
            {
                return [.. Counts];
            }

            var absolute = new double[Deltas.Count];
            var running = 0L;
            for (var index = 0; index < absolute.Length; index++)
            {
                running = unchecked(running + ProtobufReader.ZigZag64(Deltas[index]));
                absolute[index] = running;
            }

            return absolute;
        }
    }
}
