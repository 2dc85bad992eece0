using System.Text.RegularExpressions;

namespace Signalbox.PromQL.Tests.Scripting;

/// <summary>What became of one eval; no error means it passed.</summary>
internal sealed record EvalOutcome(EvalCommand Command, bool TouchesHistograms, bool IsExperimental, string? Error)
{
    public bool IsStable => !TouchesHistograms && !IsExperimental;
}

/// <summary>Runs a script against an engine with an empty store.</summary>
internal sealed partial class ScriptRunner(PromQLEngine engine)
{
    private readonly MemorySource _source = new();
    private readonly HashSet<string> _histogramNames = new(StringComparer.Ordinal);

    public static PromQLEngine TestEngine { get; } = new(new PromQLOptions { MaxSamples = 10_000, DelayedNameRemoval = true }, TimeProvider.System);

    public static async Task<List<EvalOutcome>> RunAsync(string script, PromQLEngine engine)
    {
        var runner = new ScriptRunner(engine);
        List<EvalOutcome> outcomes = [];
        foreach (var command in ScriptParser.Parse(script))
        {
            switch (command)
            {
                case ClearCommand:
                    runner._source.Clear();
                    runner._histogramNames.Clear();
                    break;
                case LoadCommand load:
                    runner.Load(load);
                    break;
                case EvalCommand eval:
                    outcomes.Add(new EvalOutcome(eval, runner.TouchesHistograms(eval), Experimental().IsMatch(eval.Query), await runner.EvalAsync(eval)));
                    break;
                default:
                    break;
            }
        }

        return outcomes;
    }

    [GeneratedRegex(@"double_exponential_smoothing|histogram_quantiles|\binfo\s*\(|mad_over_time|max_of|min_of|sort_by_label|start_timestamp|ts_of_|\b(start|end|step|range)\(\)|limitk|limit_ratio|\bfill(_left|_right)?\s*\(|anchored|smoothed|</|>/|\[[^\]]*[+*/%^(-]|offset\s+[-+]?(\(|\w+\()", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Experimental();

    [GeneratedRegex(@"\b(start|end|range|step)\(\)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DependsOnRange();

    private bool TouchesHistograms(EvalCommand eval) =>
        eval.Series.Exists(static line => line.Values.Any(static value => value.Histogram is not null))
        || _histogramNames.Any(name => Regex.IsMatch(eval.Query, $"\\b{Regex.Escape(name)}\\b", RegexOptions.None, TimeSpan.FromSeconds(1)))
        || (_histogramNames.Count > 0 && eval.Query.Contains("=~", StringComparison.Ordinal))
        || (_histogramNames.Count > 0 && Regex.IsMatch(eval.Query, @"(?<![\w}])\{", RegexOptions.None, TimeSpan.FromSeconds(1)));

    private void Load(LoadCommand load)
    {
        foreach (var line in load.Series.Where(static line => !line.IsStartTimestamps))
        {
            var series = _source.SeriesOf(line.Labels);
            for (var index = 0; index < line.Values.Count; index++)
            {
                var value = line.Values[index];
                if (!value.IsGap)
                {
                    series.Put(index * load.Gap, value.Float ?? double.NaN, value.Histogram);
                }
            }

            if (line.Values.Any(static value => value.Histogram is not null))
            {
                _histogramNames.Add(line.Labels.Name);
            }
        }

        if (load.WithCustomBuckets)
        {
            foreach (var (labels, index, histogram) in CustomBucketConversion.Convert(load.Series))
            {
                _source.SeriesOf(labels).Put(index * load.Gap, double.NaN, histogram);
                _histogramNames.Add(labels.Name);
            }
        }
    }

    private async Task<string?> EvalAsync(EvalCommand eval)
    {
        try
        {
            if (eval.IsRange)
            {
                await RangeAsync(eval);
            }
            else
            {
                await InstantAsync(eval);
            }

            return null;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return exception is ScriptMismatchException ? exception.Message : exception.GetType().Name + ": " + exception.Message;
        }
    }

    private async Task RangeAsync(EvalCommand eval)
    {
        var result = await ExpectingFailureAsync(
            eval, () => engine.RangeAsync(_source, eval.Query, eval.Start, eval.End, eval.Step, TestContext.Current.CancellationToken));
        if (result is null)
        {
            return;
        }

        ScriptComparison.Annotations(eval, result);
        var matrix = Assert.IsType<MatrixValue>(result.Value);
        ScriptComparison.Sorted(matrix.Series);
        ScriptComparison.Matrix(eval, matrix.Series, eval.Start, eval.Step);
    }

    private async Task InstantAsync(EvalCommand eval)
    {
        if (await ExpectingFailureAsync(eval, () => InstantResultAsync(eval.Query, eval.Start)) is not { } result)
        {
            return;
        }

        ScriptComparison.Annotations(eval, result);
        Compare(eval, result.Value, eval.Ordered);
        foreach (var (query, time) in AtModifierVariants(eval))
        {
            try
            {
                Compare(eval, (await InstantResultAsync(query, time)).Value, eval.Ordered);
            }
            catch (Exception exception) when (exception is ScriptMismatchException or PromQLExecutionException or PromQLParseException)
            {
                throw new ScriptMismatchException($"as {query} at {time}: {exception.Message}");
            }
        }

        await CompareMiddleOfRangeAsync(eval);
    }

    private ValueTask<QueryResult> InstantResultAsync(string query, long time) =>
        engine.InstantAsync(_source, query, time, TestContext.Current.CancellationToken);

    private static async Task<QueryResult?> ExpectingFailureAsync(EvalCommand eval, Func<ValueTask<QueryResult>> run)
    {
        try
        {
            var result = await run();
            return eval.Fails ? throw new ScriptMismatchException("expected a failure, got a result") : result;
        }
        catch (Exception exception) when (eval.Fails && exception is PromQLExecutionException or PromQLParseException)
        {
            var text = exception is PromQLParseException parse ? parse.Errors[0].Message : exception.Message;
            if (eval.Expectations.Exists(expectation => expectation.Kind == "fail" && !ScriptComparison.Matches(expectation, text)))
            {
                throw new ScriptMismatchException($"failed as expected, but with: {text}");
            }

            return null;
        }
    }

    private static void Compare(EvalCommand eval, QueryValue value, bool ordered)
    {
        switch (value)
        {
            case ScalarValue scalar when eval.Scalar is { } expected:
                ScriptComparison.Value(new ScriptValue(expected, null, false), scalar.Value, null, "scalar");
                break;
            case StringValue text when eval.Text is { } expected:
                if (text.Value != expected)
                {
                    throw new ScriptMismatchException($"expected string {expected}, got {text.Value}");
                }

                break;
            case VectorValue vector when eval.Scalar is null && eval.Text is null:
                ScriptComparison.Vector(eval, vector.Samples, ordered);
                break;
            case MatrixValue matrix when eval.RangeVector is { } range:
                ScriptComparison.Matrix(eval, matrix.Series, range.Start, range.Step);
                break;
            default:
                throw new ScriptMismatchException($"the result is a {value.GetType().Name}");
        }
    }

    /// <summary>The query with every time pinned to the evaluation time gives the same at any other evaluation time.</summary>
    private static IEnumerable<(string Query, long Time)> AtModifierVariants(EvalCommand eval)
    {
        var expression = PromQLParser.Parse(eval.Query);
        if (DependsOnRange().IsMatch(eval.Query) || !TimePinning.TryPin(expression, eval.Start))
        {
            return [];
        }

        var query = expression.ToString();
        var t = eval.Start;
        long[] times = t == 0 ? [-1000, 0, 1000] : [-10 * t, 0, t / 5, t, 10 * t];
        return times.Select(time => (query, time));
    }

    private async Task CompareMiddleOfRangeAsync(EvalCommand eval)
    {
        if (DependsOnRange().IsMatch(eval.Query) || eval.RangeVector is not null || eval.Text is not null)
        {
            return;
        }

        var result = await engine.RangeAsync(
            _source, eval.Query, eval.Start - 60_000, eval.Start + 60_000, 60_000, TestContext.Current.CancellationToken);
        var matrix = Assert.IsType<MatrixValue>(result.Value);
        ScriptComparison.Sorted(matrix.Series);
        List<VectorSample> samples = [];
        foreach (var series in matrix.Series)
        {
            var index = series.Timestamps.Span.IndexOf(eval.Start);
            if (index >= 0)
            {
                samples.Add(new VectorSample(series.Labels, series.Values.Span[index], series.HistogramAt(index)));
            }
        }

        if (eval.Ordered)
        {
            return;
        }

        try
        {
            QueryValue value = eval.Scalar is null ? new VectorValue(eval.Start, samples) : new ScalarValue(eval.Start, samples[0].Value);
            Compare(eval, value, ordered: false);
        }
        catch (ScriptMismatchException exception)
        {
            throw new ScriptMismatchException($"as a range query: {exception.Message}");
        }
    }
}
