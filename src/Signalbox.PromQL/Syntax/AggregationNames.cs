namespace Signalbox.PromQL.Syntax;

/// <summary>Names of the aggregation operators.</summary>
internal static class AggregationNames
{
    private static readonly Dictionary<string, Aggregation> ByName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["sum"] = Aggregation.Sum,
        ["avg"] = Aggregation.Avg,
        ["count"] = Aggregation.Count,
        ["min"] = Aggregation.Min,
        ["max"] = Aggregation.Max,
        ["group"] = Aggregation.Group,
        ["stddev"] = Aggregation.Stddev,
        ["stdvar"] = Aggregation.Stdvar,
        ["topk"] = Aggregation.TopK,
        ["bottomk"] = Aggregation.BottomK,
        ["count_values"] = Aggregation.CountValues,
        ["quantile"] = Aggregation.Quantile,
        ["limitk"] = Aggregation.LimitK,
        ["limit_ratio"] = Aggregation.LimitRatio,
    };

    private static readonly Dictionary<Aggregation, string> Names = ByName.ToDictionary(static pair => pair.Value, static pair => pair.Key);

    public static Aggregation? Find(string name) => ByName.TryGetValue(name, out var aggregation) ? aggregation : null;

    public static string Name(Aggregation aggregation) => Names[aggregation];

    public static bool TakesParameter(Aggregation aggregation) =>
        aggregation is Aggregation.TopK or Aggregation.BottomK or Aggregation.CountValues or Aggregation.Quantile
            or Aggregation.LimitK or Aggregation.LimitRatio;
}
