using Signalbox.PromQL.Model;
using Signalbox.PromQL.Syntax;

namespace Signalbox.PromQL.Tests.Scripting;

/// <summary>Builds native histograms with custom buckets from the classic ones of a load.</summary>
internal static class CustomBucketConversion
{
    private static readonly string[] Suffixes = ["_bucket", "_sum", "_count"];

    public static IEnumerable<(Labels Labels, int Index, HistogramSample Histogram)> Convert(IReadOnlyList<SeriesLine> lines)
    {
        var groups = lines.Where(static line => Suffixes.Any(suffix => line.Labels.Name.EndsWith(suffix, StringComparison.Ordinal))).GroupBy(NativeLabels);
        foreach (var group in groups)
        {
            var buckets = group.Where(static line => line.Labels.Name.EndsWith("_bucket", StringComparison.Ordinal) && line.Labels.Has("le")).ToArray();
            for (var index = 0; index < group.Max(static line => line.Values.Count); index++)
            {
                if (At(group, buckets, index) is { } histogram)
                {
                    yield return (group.Key, index, histogram);
                }
            }
        }
    }

    private static Labels NativeLabels(SeriesLine line)
    {
        var name = line.Labels.Name;
        var suffix = Suffixes.First(suffix => name.EndsWith(suffix, StringComparison.Ordinal));
        return line.Labels.With("le", string.Empty).With(Labels.MetricName, name[..^suffix.Length]);
    }

    private static double? Value(SeriesLine? line, int index) => line is not null && index < line.Values.Count ? line.Values[index].Float : null;

    private static HistogramSample? At(IEnumerable<SeriesLine> group, SeriesLine[] bucketLines, int index)
    {
        var cumulative = new SortedDictionary<double, double>();
        foreach (var line in bucketLines)
        {
            if (Value(line, index) is { } value && NumberText.TryParse(line.Labels.Get("le"), out var upper))
            {
                cumulative[upper] = value;
            }
        }

        if (cumulative.Count == 0)
        {
            return null;
        }

        var count = Value(group.FirstOrDefault(static line => line.Labels.Name.EndsWith("_count", StringComparison.Ordinal)), index) ?? cumulative.Values.Last();
        cumulative[double.PositiveInfinity] = Math.Max(count, cumulative.Values.Last());
        var counts = new List<double>();
        var before = 0.0;
        foreach (var value in cumulative.Values)
        {
            counts.Add(value - before);
            before = value;
        }

        return new HistogramSample
        {
            Schema = HistogramSample.CustomBucketsSchema,
            Count = count,
            Sum = Value(group.FirstOrDefault(static line => line.Labels.Name.EndsWith("_sum", StringComparison.Ordinal)), index) ?? 0,
            CustomValues = [.. cumulative.Keys.Where(static upper => !double.IsPositiveInfinity(upper))],
            PositiveSpans = [new BucketSpan(0, (uint)counts.Count)],
            PositiveBuckets = counts,
        };
    }
}
