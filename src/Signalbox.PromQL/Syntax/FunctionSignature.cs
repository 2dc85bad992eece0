using System.Collections.Frozen;

namespace Signalbox.PromQL.Syntax;

/// <summary>What a function takes and gives.</summary>
/// <param name="Optional">How many of the last arguments may be left out; −1 means the last one may also be repeated.</param>
internal sealed record FunctionSignature(string Name, ExprType[] Arguments, int Optional, ExprType Returns)
{
    private const ExprType S = ExprType.Scalar;
    private const ExprType T = ExprType.String;
    private const ExprType V = ExprType.InstantVector;
    private const ExprType M = ExprType.RangeVector;

    private static readonly FrozenDictionary<string, FunctionSignature> All = Build();

    public static IEnumerable<string> Names => All.Keys;

    public static FunctionSignature? Find(string name) => All.GetValueOrDefault(name);

    private static FrozenDictionary<string, FunctionSignature> Build()
    {
        List<FunctionSignature> all = [];
        void Each(string names, ExprType returns, int optional, params ExprType[] arguments) =>
            all.AddRange(names.Split(' ').Select(name => new FunctionSignature(name, arguments, optional, returns)));

        Each("abs absent acos acosh asin asinh atan atanh ceil cos cosh deg exp floor histogram_avg histogram_count histogram_stddev", V, 0, V);
        Each("histogram_stdvar histogram_sum ln log10 log2 rad sgn sin sinh sort sort_desc sqrt tan tanh timestamp", V, 0, V);
        Each("absent_over_time avg_over_time changes count_over_time delta deriv first_over_time idelta increase irate last_over_time", V, 0, M);
        Each("mad_over_time max_over_time min_over_time present_over_time rate resets stddev_over_time stdvar_over_time sum_over_time", V, 0, M);
        Each("ts_of_first_over_time ts_of_last_over_time ts_of_max_over_time ts_of_min_over_time", V, 0, M);
        Each("day_of_month day_of_week day_of_year days_in_month hour minute month year", V, 1, V);
        Each("clamp", V, 0, V, S, S);
        Each("clamp_max clamp_min", V, 0, V, S);
        Each("double_exponential_smoothing", V, 0, M, S, S);
        Each("histogram_fraction", V, 0, S, S, V);
        Each("histogram_quantile", V, 0, S, V);
        Each("histogram_quantiles", V, -1, V, T, S, S);
        Each("info", V, 1, V, V);
        Each("label_join", V, -1, V, T, T, T);
        Each("label_replace", V, 0, V, T, T, T, T);
        Each("max_of min_of", S, 0, S, S);
        Each("pi time start end step range", S, 0);
        Each("predict_linear", V, 0, M, S);
        Each("quantile_over_time", V, 0, S, M);
        Each("round", V, 1, V, S);
        Each("scalar", S, 0, V);
        Each("sort_by_label sort_by_label_desc", V, -1, V, T);
        Each("start_timestamp", V, 0, V);
        Each("vector", V, 0, S);
        return all.ToFrozenDictionary(static signature => signature.Name, StringComparer.Ordinal);
    }
}
