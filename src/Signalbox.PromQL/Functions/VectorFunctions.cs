using System.Collections.Frozen;
using Signalbox.PromQL.Evaluation;

namespace Signalbox.PromQL.Functions;

/// <summary>The functions that give an instant vector, by name.</summary>
internal static class VectorFunctions
{
    private static readonly FrozenDictionary<string, Func<FunctionCall, VectorOperator>> All = MathFunctions.All
        .Concat(TimeFunctions.All)
        .Concat(LabelFunctions.All)
        .Concat(SortFunctions.All)
        .Concat(AbsentFunctions.All)
        .Concat(CounterFunctions.All)
        .Concat(OverTimeFunctions.All)
        .Concat(TrendFunctions.All)
        .Concat(HistogramFunctions.All)
        .Concat(InfoFunction.All)
        .ToFrozenDictionary(static pair => pair.Key, static pair => pair.Value, StringComparer.Ordinal);

    public static IEnumerable<string> Names => All.Keys;

    public static VectorOperator Build(FunctionCall call) => All.TryGetValue(call.Name, out var build)
        ? build(call)
        : throw new PromQLExecutionException($"function \"{call.Name}\" is not enabled: samples carry no start timestamps");
}
