using System.Text.Json;
using Signalbox.PromQL.Model;

namespace Signalbox.Server.Query.Responses;

/// <summary>Writes a native histogram as <c>{"count":…,"sum":…,"buckets":[[rule,lower,upper,count],…]}</c>, empty buckets left out.</summary>
/// <remarks>
/// The rule says which bounds belong to the bucket: 0 the upper, 1 the lower, 3 both.
/// Source: https://prometheus.io/docs/prometheus/latest/querying/api/#native-histograms
/// </remarks>
internal static class HistogramWriter
{
    private const int UpperInclusive = 0;
    private const int LowerInclusive = 1;
    private const int BothInclusive = 3;

    public static void Write(Utf8JsonWriter json, HistogramSample histogram)
    {
        json.WriteStartObject();
        json.WritePropertyName("count"u8);
        WriteValue(json, histogram.Count);
        json.WritePropertyName("sum"u8);
        WriteValue(json, histogram.Sum);
        var any = false;
        foreach (var bucket in Buckets(histogram))
        {
            if (bucket.Count == 0)
            {
                continue;
            }

            if (!any)
            {
                json.WriteStartArray("buckets"u8);
                any = true;
            }

            json.WriteStartArray();
            json.WriteNumberValue(bucket.Rule);
            WriteValue(json, bucket.Lower);
            WriteValue(json, bucket.Upper);
            WriteValue(json, bucket.Count);
            json.WriteEndArray();
        }

        if (any)
        {
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static IEnumerable<Bucket> Buckets(HistogramSample histogram)
    {
        if (histogram.Schema == HistogramSample.CustomBucketsSchema)
        {
            return Indexed(histogram.PositiveSpans, histogram.PositiveBuckets).Select(bucket => Custom(histogram.CustomValues, bucket.Index, bucket.Count));
        }

        var negative = Indexed(histogram.NegativeSpans, histogram.NegativeBuckets)
            .Select(bucket => new Bucket(LowerInclusive, -Bound(bucket.Index, histogram.Schema), -Bound(bucket.Index - 1, histogram.Schema), bucket.Count))
            .Reverse();
        var positive = Indexed(histogram.PositiveSpans, histogram.PositiveBuckets)
            .Select(bucket => new Bucket(UpperInclusive, Bound(bucket.Index - 1, histogram.Schema), Bound(bucket.Index, histogram.Schema), bucket.Count));
        return [.. negative, new Bucket(BothInclusive, -histogram.ZeroThreshold, histogram.ZeroThreshold, histogram.ZeroCount), .. positive];
    }

    private static Bucket Custom(IReadOnlyList<double> bounds, int index, double count) => new(
        index == 0 ? BothInclusive : UpperInclusive,
        index == 0 ? double.NegativeInfinity : bounds[index - 1],
        index < bounds.Count ? bounds[index] : double.PositiveInfinity,
        count);

    private static IEnumerable<(int Index, double Count)> Indexed(IReadOnlyList<BucketSpan> spans, IReadOnlyList<double> counts)
    {
        var index = 0;
        var next = 0;
        foreach (var span in spans)
        {
            index += span.Offset;
            for (var inSpan = 0; inSpan < span.Length; inSpan++)
            {
                yield return (index++, counts[next++]);
            }
        }
    }

    /// <summary>Upper bound of an exponential bucket: 2 to the index times 2 to the −schema; the last finite one is the largest float.</summary>
    private static double Bound(int index, int schema)
    {
        var bound = schema <= 0
            ? Math.ScaleB(1, Math.Clamp(index * (1 << -schema), -1100, 1100))
            : Math.ScaleB(Math.Pow(2, (double)(index & ((1 << schema) - 1)) / (1 << schema)), index >> schema);
        return double.IsPositiveInfinity(bound) && (schema <= 0 ? index * (1 << -schema) == 1024 : index == 1024 << schema) ? double.MaxValue : bound;
    }

    private static void WriteValue(Utf8JsonWriter json, double value)
    {
        Span<byte> text = stackalloc byte[SampleText.MaxLength];
        json.WriteStringValue(text[..SampleText.WriteValue(text, value)]);
    }

    private readonly record struct Bucket(int Rule, double Lower, double Upper, double Count);
}
