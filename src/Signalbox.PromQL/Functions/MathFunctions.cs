using Signalbox.PromQL.Evaluation;
using Signalbox.PromQL.Model;

namespace Signalbox.PromQL.Functions;

/// <summary>Functions of single floats: rounding, logarithms, trigonometry, clamping; and <c>vector</c>.</summary>
internal static class MathFunctions
{
    public static readonly Dictionary<string, Func<FunctionCall, VectorOperator>> All = new(StringComparer.Ordinal)
    {
        ["abs"] = Simple(Math.Abs),
        ["ceil"] = Simple(Math.Ceiling),
        ["floor"] = Simple(Math.Floor),
        ["exp"] = Simple(Math.Exp),
        ["sqrt"] = Simple(Math.Sqrt),
        ["ln"] = Simple(Math.Log),
        ["log2"] = Simple(Math.Log2),
        ["log10"] = Simple(Math.Log10),
        ["sin"] = Simple(Math.Sin),
        ["cos"] = Simple(Math.Cos),
        ["tan"] = Simple(Math.Tan),
        ["asin"] = Simple(Math.Asin),
        ["acos"] = Simple(Math.Acos),
        ["atan"] = Simple(Math.Atan),
        ["sinh"] = Simple(Math.Sinh),
        ["cosh"] = Simple(Math.Cosh),
        ["tanh"] = Simple(Math.Tanh),
        ["asinh"] = Simple(Math.Asinh),
        ["acosh"] = Simple(Math.Acosh),
        ["atanh"] = Simple(Math.Atanh),
        ["rad"] = Simple(static value => value * Math.PI / 180),
        ["deg"] = Simple(static value => value * 180 / Math.PI),
        ["sgn"] = Simple(static value => double.IsNaN(value) ? value : value > 0 ? 1 : value < 0 ? -1 : value),
        ["round"] = Round,
        ["clamp"] = static call => Clamp(call, call.Scalar(1), call.Scalar(2)),
        ["clamp_min"] = static call => Clamp(call, call.Scalar(1), null),
        ["clamp_max"] = static call => Clamp(call, null, call.Scalar(1)),
        ["vector"] = static call => new ScalarVector(call.Grid, call.Scalar(0)),
    };

    private static Func<FunctionCall, VectorOperator> Simple(Func<double, double> map) => call => Mapped(call, (value, _) => map(value));

    private static VectorOperator Mapped(FunctionCall call, Func<double, int, double> map)
    {
        var inner = call.Vector(0);
        return call.Merged(new MappedVector(inner, Headers.WithoutNames(inner, call.Context), map));
    }

    /// <summary>Halves round up; the multiple is inverted first so that 0.1 and its like cause no error of their own.</summary>
    private static VectorOperator Round(FunctionCall call)
    {
        var nearest = call.Count > 1 ? call.Scalar(1) : null;
        return Mapped(call, (value, step) =>
        {
            var inverse = nearest is null ? 1 : 1 / nearest[step];
            return Math.Floor((value * inverse) + 0.5) / inverse;
        });
    }

    private static VectorOperator Clamp(FunctionCall call, double[]? least, double[]? most)
    {
        if (least is null || most is null)
        {
            return Mapped(call, (value, step) => least is null ? Math.Min(most![step], value) : Math.Max(least[step], value));
        }

        var inner = call.Vector(0);
        return call.Merged(new ClampedVector(inner, Headers.WithoutNames(inner, call.Context), least, most));
    }

    /// <summary>Clamping between bounds that are the wrong way round gives nothing.</summary>
    private sealed class ClampedVector(VectorOperator inner, SeriesHeader[] headers, double[] least, double[] most) : VectorOperator(inner.Grid, headers)
    {
        public override void Read(int series, Column into)
        {
            inner.Read(series, into);
            into.RemoveHistograms();
            var values = into.Values;
            for (var step = 0; step < values.Length; step++)
            {
                if (Column.IsAbsent(values[step]))
                {
                    continue;
                }

                values[step] = most[step] < least[step]
                    ? Column.Absent
                    : Math.Max(least[step], Math.Min(most[step], values[step]));
            }
        }
    }

    private sealed class ScalarVector(StepGrid grid, double[] values) : VectorOperator(grid, [new SeriesHeader(Labels.Empty, false)])
    {
        public override void Read(int series, Column into)
        {
            into.DropHistograms();
            values.CopyTo(into.Values);
        }
    }
}
