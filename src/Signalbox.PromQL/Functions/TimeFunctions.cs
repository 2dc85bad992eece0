using Signalbox.PromQL.Evaluation;
using Signalbox.PromQL.Model;
using Signalbox.PromQL.Syntax;

namespace Signalbox.PromQL.Functions;

/// <summary>Parts of a date in UTC, and the time of a sample.</summary>
internal static class TimeFunctions
{
    private const double MinSeconds = -62_135_596_800;
    private const double MaxSeconds = 253_402_300_799;

    public static readonly Dictionary<string, Func<FunctionCall, VectorOperator>> All = new(StringComparer.Ordinal)
    {
        ["minute"] = Part(static time => time.Minute),
        ["hour"] = Part(static time => time.Hour),
        ["day_of_month"] = Part(static time => time.Day),
        ["day_of_week"] = Part(static time => (int)time.DayOfWeek),
        ["day_of_year"] = Part(static time => time.DayOfYear),
        ["days_in_month"] = Part(static time => DateTime.DaysInMonth(time.Year, time.Month)),
        ["month"] = Part(static time => time.Month),
        ["year"] = Part(static time => time.Year),
        ["timestamp"] = Timestamp,
    };

    private static Func<FunctionCall, VectorOperator> Part(Func<DateTimeOffset, double> part) => call =>
    {
        double Of(double seconds) => seconds is >= MinSeconds and <= MaxSeconds
            ? part(DateTimeOffset.FromUnixTimeSeconds((long)Math.Floor(seconds)))
            : double.NaN;
        if (call.Count == 0)
        {
            return new EvaluationTimes(call.Grid, Of);
        }

        var inner = call.Vector(0);
        return call.Merged(new MappedVector(inner, Headers.WithoutNames(inner, call.Context), (value, _) => Of(value)));
    };

    private static VectorOperator Timestamp(FunctionCall call)
    {
        VectorOperator times;
        if (Planner.Unwrap(call.Argument(0)) is VectorSelector { Mode: SelectionMode.Plain } selector)
        {
            var window = Selection.Shifted(selector.Shift, call.Context.Settings.LookbackMilliseconds, call.Context);
            times = new SelectorTimestamps(call.Context, call.Grid, call.Context.SeriesOf(selector), window);
        }
        else
        {
            times = new ReplacedByTime(call.Vector(0));
        }

        return call.Merged(new RelabelledVector(times, Headers.WithoutNames(times, call.Context)));
    }

    private sealed class EvaluationTimes(StepGrid grid, Func<double, double> part) : VectorOperator(grid, [new SeriesHeader(Labels.Empty, false)])
    {
        public override void Read(int series, Column into)
        {
            into.DropHistograms();
            for (var step = 0; step < into.Count; step++)
            {
                into.Values[step] = part(Grid.Time(step) / 1000.0);
            }
        }
    }

    /// <summary>The samples of a computed vector are as old as the evaluation.</summary>
    private sealed class ReplacedByTime(VectorOperator inner) : VectorOperator(inner.Grid, inner.Headers)
    {
        public override void Read(int series, Column into)
        {
            inner.Read(series, into);
            into.DropHistograms();
            for (var step = 0; step < into.Count; step++)
            {
                if (into.Has(step))
                {
                    into.Values[step] = Grid.Time(step) / 1000.0;
                }
            }
        }
    }
}
