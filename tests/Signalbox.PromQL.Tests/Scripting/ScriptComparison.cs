using System.Globalization;
using System.Text.RegularExpressions;
using Signalbox.PromQL.Histograms;
using Signalbox.PromQL.Model;

namespace Signalbox.PromQL.Tests.Scripting;

/// <summary>Compares results with what a script expects; every method throws <see cref="ScriptMismatchException"/> on a difference.</summary>
internal static class ScriptComparison
{
    private const double Tolerance = 1e-6;

    public static bool Same(double expected, double actual)
    {
        if (StaleMarker.Is(expected) || StaleMarker.Is(actual))
        {
            return StaleMarker.Is(expected) && StaleMarker.Is(actual);
        }

        if (double.IsNaN(expected) || double.IsNaN(actual) || expected == actual)
        {
            return (double.IsNaN(expected) && double.IsNaN(actual)) || expected == actual;
        }

        var sum = Math.Abs(expected) + Math.Abs(actual);
        var difference = Math.Abs(expected - actual);
        return expected == 0 || actual == 0 || sum < double.MinValue ? difference < Tolerance * 2.2250738585072014e-308 : difference / Math.Min(sum, double.MaxValue) < Tolerance;
    }

    public static bool Same(HistogramSample expected, HistogramSample actual, bool compareHint) =>
        expected.Schema == actual.Schema
        && Same(expected.Count, actual.Count)
        && Same(expected.Sum, actual.Sum)
        && Same(expected.ZeroCount, actual.ZeroCount)
        && Same(expected.ZeroThreshold, actual.ZeroThreshold)
        && expected.CustomValues.SequenceEqual(actual.CustomValues)
        && Same(HistogramMath.Positive(expected), HistogramMath.Positive(actual))
        && Same(HistogramMath.Negative(expected), HistogramMath.Negative(actual))
        && (!compareHint || expected.CounterResetHint == actual.CounterResetHint);

    public static void Value(ScriptValue expected, double value, HistogramSample? histogram, string where)
    {
        var same = expected.Histogram is null
            ? histogram is null && Same(expected.Float!.Value, value)
            : histogram is not null && Same(expected.Histogram, histogram, expected.HintWritten);
        if (!same)
        {
            throw new ScriptMismatchException($"{where}: expected {Show(expected.Float, expected.Histogram)}, got {Show(value, histogram)}");
        }
    }

    public static void Vector(EvalCommand command, IReadOnlyList<VectorSample> samples, bool ordered)
    {
        var expected = command.Series.ToDictionary(static line => line.Labels);
        for (var index = 0; index < samples.Count; index++)
        {
            var sample = samples[index];
            if (!expected.Remove(sample.Labels, out var line))
            {
                throw new ScriptMismatchException($"unexpected {sample.Labels} {Show(sample.Value, sample.Histogram)}");
            }

            if (ordered && command.Series[index].Labels != sample.Labels)
            {
                throw new ScriptMismatchException($"{sample.Labels} is at position {index}, expected {command.Series[index].Labels} there");
            }

            Value(line.Values[0], sample.Value, sample.Histogram, sample.Labels.ToString());
        }

        if (expected.Count > 0)
        {
            throw new ScriptMismatchException($"missing {expected.Keys.First()}");
        }
    }

    public static void Matrix(EvalCommand command, IReadOnlyList<MatrixSeries> series, long start, long step)
    {
        var expected = command.Series.ToDictionary(static line => line.Labels);
        foreach (var actual in series)
        {
            if (!expected.Remove(actual.Labels, out var line))
            {
                throw new ScriptMismatchException($"unexpected series {actual.Labels}");
            }

            Points(line, actual, start, step);
        }

        var missing = expected.FirstOrDefault(static pair => pair.Value.Values.Any(static value => !value.IsGap)).Key;
        if (missing is not null)
        {
            throw new ScriptMismatchException($"missing series {missing}");
        }
    }

    public static void Sorted(IReadOnlyList<MatrixSeries> series)
    {
        for (var index = 1; index < series.Count; index++)
        {
            if (series[index - 1].Labels.CompareTo(series[index].Labels) >= 0)
            {
                throw new ScriptMismatchException($"the matrix is not sorted at {series[index].Labels}");
            }
        }
    }

    public static void Annotations(EvalCommand command, QueryResult result)
    {
        Check(command, "warn", result.Warnings);
        Check(command, "info", result.Infos);
    }

    public static bool Matches(Expectation expectation, string text) => expectation.MatchKind switch
    {
        "msg" => expectation.Text == text,
        "regex" => Regex.IsMatch(text, expectation.Text, RegexOptions.None, TimeSpan.FromSeconds(1)),
        _ => true,
    };

    private static void Points(SeriesLine line, MatrixSeries actual, long start, long step)
    {
        var next = 0;
        for (var index = 0; index < line.Values.Count; index++)
        {
            if (line.Values[index].IsGap)
            {
                continue;
            }

            var time = start + (index * step);
            if (next >= actual.Count || actual.Timestamps.Span[next] != time)
            {
                throw new ScriptMismatchException($"{actual.Labels}: no point at {time}, next is {(next < actual.Count ? actual.Timestamps.Span[next] : -1)}");
            }

            Value(line.Values[index], actual.Values.Span[next], actual.HistogramAt(next), string.Create(CultureInfo.InvariantCulture, $"{actual.Labels} at {time}"));
            next++;
        }

        if (next < actual.Count)
        {
            throw new ScriptMismatchException($"{actual.Labels}: unexpected point at {actual.Timestamps.Span[next]}");
        }
    }

    private static void Check(EvalCommand command, string kind, IReadOnlyList<string> actual)
    {
        var wanted = command.Expectations.FindAll(expectation => expectation.Kind == kind);
        if (command.Expectations.Exists(expectation => expectation.Kind == "no_" + kind) && actual.Count > 0)
        {
            throw new ScriptMismatchException($"expected no {kind}, got: {actual[0]}");
        }

        foreach (var expectation in wanted)
        {
            if (!actual.Any(text => Matches(expectation, text)))
            {
                throw new ScriptMismatchException($"expected {kind} {expectation.Text}, got: {string.Join(" | ", actual)}");
            }
        }

        if (wanted.Count > 0 && actual.FirstOrDefault(text => !wanted.Exists(expectation => Matches(expectation, text))) is { } unexpected)
        {
            throw new ScriptMismatchException($"unexpected {kind}: {unexpected}");
        }
    }

    private static bool Same(Buckets expected, Buckets actual) =>
        expected.Entries.Length == actual.Entries.Length
        && expected.Entries.Zip(actual.Entries).All(static pair => pair.First.Index == pair.Second.Index && Same(pair.First.Count, pair.Second.Count));

    private static string Show(double? value, HistogramSample? histogram) => histogram is null
        ? FormatValue.Float(value ?? double.NaN)
        : $"{HistogramText.Format(histogram)} schema {histogram.Schema} zero {histogram.ZeroThreshold} hint {histogram.CounterResetHint} bounds {string.Join(' ', histogram.CustomValues)}";
}

/// <summary>A result differs from what a script expects.</summary>
internal sealed class ScriptMismatchException(string message) : Exception(message);
