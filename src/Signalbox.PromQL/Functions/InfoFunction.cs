using Signalbox.PromQL.Evaluation;

namespace Signalbox.PromQL.Functions;

/// <summary>The experimental <c>info</c>.</summary>
internal static class InfoFunction
{
    public static readonly Dictionary<string, Func<FunctionCall, VectorOperator>> All = new(StringComparer.Ordinal)
    {
        ["info"] = static call => InfoVector.Build(call),
    };
}
