using Signalbox.PromQL.Evaluation;
using Signalbox.PromQL.Syntax;

namespace Signalbox.PromQL;

/// <summary>Answers PromQL queries from a source of series.</summary>
/// <remarks>Safe for concurrent use. All times are milliseconds since the Unix epoch.</remarks>
public sealed class PromQLEngine(PromQLOptions options, TimeProvider clock)
{
    private static readonly PromQLQueryOptions NoOptions = new();

    public PromQLOptions Options => options;

    public ValueTask<QueryResult> InstantAsync(ISeriesSource source, string query, long timestamp, CancellationToken cancellationToken) =>
        InstantAsync(source, query, timestamp, NoOptions, cancellationToken);

    /// <exception cref="PromQLParseException">The text is not PromQL.</exception>
    /// <exception cref="PromQLExecutionException">The query cannot be evaluated; a limit or the timeout has a type of its own.</exception>
    public ValueTask<QueryResult> InstantAsync(
        ISeriesSource source, string query, long timestamp, PromQLQueryOptions queryOptions, CancellationToken cancellationToken) =>
        InstantAsync(source, query, PromQLParser.Parse(query), timestamp, queryOptions, cancellationToken);

    /// <inheritdoc cref="InstantAsync(ISeriesSource, string, long, PromQLQueryOptions, CancellationToken)"/>
    /// <param name="expression">What <see cref="PromQLParser.Parse"/> made of <paramref name="query"/>.</param>
    public ValueTask<QueryResult> InstantAsync(
        ISeriesSource source, string query, Expr expression, long timestamp, PromQLQueryOptions queryOptions, CancellationToken cancellationToken) =>
        EvaluateAsync(source, query, expression, new StepGrid(timestamp, 1, 1), isRange: false, queryOptions, cancellationToken);

    public ValueTask<QueryResult> RangeAsync(
        ISeriesSource source, string query, long start, long end, long step, CancellationToken cancellationToken) =>
        RangeAsync(source, query, start, end, step, NoOptions, cancellationToken);

    /// <inheritdoc cref="InstantAsync(ISeriesSource, string, long, PromQLQueryOptions, CancellationToken)"/>
    /// <param name="step">At least 1 ms.</param>
    public ValueTask<QueryResult> RangeAsync(
        ISeriesSource source, string query, long start, long end, long step, PromQLQueryOptions queryOptions, CancellationToken cancellationToken) =>
        RangeAsync(source, query, PromQLParser.Parse(query), start, end, step, queryOptions, cancellationToken);

    /// <inheritdoc cref="InstantAsync(ISeriesSource, string, Expr, long, PromQLQueryOptions, CancellationToken)"/>
    /// <param name="step">At least 1 ms.</param>
    public ValueTask<QueryResult> RangeAsync(
        ISeriesSource source, string query, Expr expression, long start, long end, long step, PromQLQueryOptions queryOptions, CancellationToken cancellationToken)
    {
        if (step <= 0)
        {
            throw new PromQLExecutionException("zero or negative query resolution step widths are not accepted. Try a positive integer");
        }

        if (end < start)
        {
            throw new PromQLExecutionException("end timestamp must not be before start time");
        }

        var steps = (end - start) / step;
        if (steps >= options.MaxSteps)
        {
            throw new PromQLLimitException(
                nameof(PromQLOptions.MaxSteps),
                $"exceeded maximum resolution of {options.MaxSteps} points per timeseries. Try decreasing the query resolution (?step=XX)");
        }

        if (expression.Type is not (ExprType.Scalar or ExprType.InstantVector))
        {
            throw new PromQLParseException(
                query, expression.Range, $"invalid expression type \"{TypeChecker.Describe(expression.Type)}\" for range query, must be Scalar or instant Vector");
        }

        return EvaluateAsync(source, query, expression, new StepGrid(start, step, (int)steps + 1), isRange: true, queryOptions, cancellationToken);
    }

    private async ValueTask<QueryResult> EvaluateAsync(
        ISeriesSource source,
        string query,
        Expr expression,
        StepGrid grid,
        bool isRange,
        PromQLQueryOptions queryOptions,
        CancellationToken cancellationToken)
    {
        var timeout = queryOptions.Timeout is { } own && own < options.Timeout ? own : options.Timeout;
        using var deadline = new CancellationTokenSource(timeout, clock);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var started = clock.GetTimestamp();
        try
        {
            var settings = new QuerySettings(options, queryOptions.Lookback ?? options.Lookback, query, grid, isRange);
            using var context = new QueryContext(settings, linked.Token);
            await Selection.LoadAsync(source, expression, context);
            var value = QueryRunner.Run(expression, context);
            var (warnings, infos) = context.Annotations.Texts(query, options.MaxAnnotations);
            return new QueryResult(value, warnings, infos, context.Samples.Statistics(context.SeriesSelected, clock.GetElapsedTime(started)));
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new PromQLTimeoutException(timeout);
        }
    }
}
