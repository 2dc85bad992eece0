using Signalbox.Server.Platform.Access;

namespace Signalbox.Server.Query;

/// <summary>Runs one query within its limits of time and company, and keeps count of how it went.</summary>
internal sealed class QueryRunner(QueryAdmission admission, QueryMetrics metrics, QueryOptions options, TimeProvider clock, ILogger<QueryRunner> logger)
{
    /// <summary>Characters of an expression that a line of the log shows.</summary>
    private const int LongestLogged = 2000;

    /// <summary>Waits for a place and evaluates.</summary>
    /// <param name="work">Gets a token that ends with the client's patience or the query's time.</param>
    public async ValueTask<QueryOutcome<T>> RunAsync<T>(QueryRequest request, Func<CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken)
        where T : class
    {
        var started = clock.GetTimestamp();
        using var deadline = new CancellationTokenSource(Shorter(request.Timeout, options.Timeout), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var phase = "query queue";
        var waited = TimeSpan.Zero;
        QueryOutcome<T> outcome;
        try
        {
            either.Token.ThrowIfCancellationRequested();
            using var place = await admission.EnterAsync(either.Token);
            phase = "expression evaluation";
            waited = clock.GetElapsedTime(started);
            outcome = place is null
                ? new QueryOutcome<T>(null, QueryFault.Unavailable($"too many queries are waiting already: query.max_queued is {options.MaxQueued}"), waited)
                : new QueryOutcome<T>(await work(either.Token), null, waited);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            outcome = new QueryOutcome<T>(null, cancellationToken.IsCancellationRequested ? QueryFault.Canceled($"query was canceled in {phase}") : QueryFault.Timeout($"query timed out in {phase}"), waited);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            var fault = QueryFaults.Of(exception);
            outcome = new QueryOutcome<T>(null, fault, waited);
            if (fault.Status == StatusCodes.Status500InternalServerError)
            {
                QueryLog.QueryBroke(logger, exception, request.Principal.Tenant.Value, request.Principal.Name, request.Endpoint, Beginning(request.Expression));
            }
        }

        Report(request, outcome.Fault?.Type ?? "success", clock.GetElapsedTime(started));
        return outcome;
    }

    private static TimeSpan Shorter(TimeSpan? asked, TimeSpan allowed) => asked is { } some && some < allowed ? (some > TimeSpan.Zero ? some : TimeSpan.Zero) : allowed;

    // An expression may have megabytes; a line of the log must not.
    private static string Beginning(string expression) => expression.Length <= LongestLogged ? expression : string.Concat(expression.AsSpan(0, LongestLogged), "…");

    private void Report(QueryRequest request, string outcome, TimeSpan elapsed)
    {
        metrics.Finished(request.Endpoint, outcome, elapsed);
        if (elapsed >= options.SlowThreshold)
        {
            QueryLog.SlowQuery(logger, request.Endpoint, elapsed.TotalSeconds, outcome, request.Principal.Tenant.Value, request.Principal.Name, Beginning(request.Expression));
        }
    }
}

/// <summary>Who asks what, for limits, metrics and the log.</summary>
/// <param name="Endpoint">The last part of its path, for instance <c>query_range</c>.</param>
/// <param name="Expression">The expression, or the selectors.</param>
/// <param name="Timeout">What the client asked for; null means the server's limit.</param>
internal sealed record QueryRequest(Principal Principal, string Endpoint, string Expression, TimeSpan? Timeout);

/// <summary>A result or a fault; exactly one of both.</summary>
/// <param name="Waited">Time until the query had a place to run.</param>
internal readonly record struct QueryOutcome<T>(T? Result, QueryFault? Fault, TimeSpan Waited)
    where T : class;
