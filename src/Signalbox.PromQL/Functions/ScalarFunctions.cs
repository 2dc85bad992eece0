using Signalbox.PromQL.Evaluation;

namespace Signalbox.PromQL.Functions;

/// <summary>Functions that give a scalar.</summary>
internal static class ScalarFunctions
{
    public static double[] Evaluate(FunctionCall call)
    {
        var times = call.Context.Settings.Times;
        return call.Name switch
        {
            "time" => Each(call.Grid, step => call.Grid.Time(step) / 1000.0),
            "pi" => Each(call.Grid, static _ => Math.PI),
            "start" => Each(call.Grid, _ => times.Start / 1000.0),
            "end" => Each(call.Grid, _ => times.End / 1000.0),
            "step" => Each(call.Grid, _ => times.Step / 1000.0),
            "range" => Each(call.Grid, _ => (times.End - times.Start) / 1000.0),
            "min_of" => Pairs(call, Math.Min),
            "max_of" => Pairs(call, Math.Max),
            "scalar" => OnlyValue(call),
            _ => throw new InvalidOperationException($"{call.Name} gives no scalar."),
        };
    }

    private static double[] Each(StepGrid grid, Func<int, double> value)
    {
        var values = new double[grid.Count];
        for (var step = 0; step < values.Length; step++)
        {
            values[step] = value(step);
        }

        return values;
    }

    private static double[] Pairs(FunctionCall call, Func<double, double, double> combine)
    {
        var left = call.Scalar(0);
        var right = call.Scalar(1);
        return Each(call.Grid, step => combine(left[step], right[step]));
    }

    /// <summary>The float of a vector that has exactly one; otherwise NaN.</summary>
    private static double[] OnlyValue(FunctionCall call)
    {
        var vector = call.Vector(0);
        var values = new double[call.Grid.Count];
        Array.Fill(values, double.NaN);
        var seen = new int[call.Grid.Count];
        var column = call.Context.Columns.Rent(call.Grid.Count);
        for (var series = 0; series < vector.Headers.Length; series++)
        {
            vector.Read(series, column);
            for (var step = 0; step < seen.Length; step++)
            {
                if (column.HasFloat(step))
                {
                    values[step] = ++seen[step] == 1 ? column.Values[step] : double.NaN;
                }
            }
        }

        call.Context.Columns.Return(column);
        return values;
    }
}
