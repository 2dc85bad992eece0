using Signalbox.PromQL;
using Signalbox.PromQL.Syntax;
using Signalbox.Server.Platform.Access;
using Signalbox.Server.Query.Requests;
using Signalbox.Server.Query.Responses;
using Signalbox.Telemetry.Metrics;

namespace Signalbox.Server.Query;

/// <summary>Evaluates expressions, at one instant or over a range.</summary>
internal sealed class ExpressionEndpoints(PromQLEngine engine, IMetricStore store, QueryRunner runner, QueryMetrics metrics, QueryOptions options, TimeProvider clock)
{
    public async Task InstantAsync(HttpContext context)
    {
        var parameters = await QueryParameters.ReadAsync(context.Request, options.MaxRequestSize, context.RequestAborted);
        var limit = parameters.Limit();
        var time = parameters.Time("time", clock.GetUtcNow().ToUnixTimeMilliseconds());
        var timeout = parameters.OptionalDuration("timeout");
        var own = ReadOptions(parameters);
        var text = parameters.Text("query");
        var expression = Parse(parameters, rangeQuery: false);
        await AnswerAsync(
            context, parameters, new QueryRequest(context.Principal(), "query", text, timeout), limit, (source, cancellationToken) =>
            engine.InstantAsync(source, text, expression!, time, own, cancellationToken));
    }

    public async Task RangeAsync(HttpContext context)
    {
        var parameters = await QueryParameters.ReadAsync(context.Request, options.MaxRequestSize, context.RequestAborted);
        var limit = parameters.Limit();
        var start = parameters.Time("start");
        var end = parameters.Time("end");
        if (end < start)
        {
            parameters.Fail("end", "end timestamp must not be before start time");
        }

        var step = (long)parameters.Duration("step").TotalMilliseconds;
        if (step <= 0)
        {
            parameters.Fail("step", "zero or negative query resolution step widths are not accepted. Try a positive integer");
        }
        else if (((Int128)end - start) / step > options.MaxPoints)
        {
            metrics.Refused("query.max_points");
            parameters.Fail(QueryFault.BadData(FormattableString.Invariant(
                $"exceeded maximum resolution of {options.MaxPoints:N0} points per timeseries. Try decreasing the query resolution (?step=XX)")));
        }

        var timeout = parameters.OptionalDuration("timeout");
        var own = ReadOptions(parameters);
        var text = parameters.Text("query");
        var expression = Parse(parameters, rangeQuery: true);
        await AnswerAsync(
            context, parameters, new QueryRequest(context.Principal(), "query_range", text, timeout), limit, (source, cancellationToken) =>
            engine.RangeAsync(source, text, expression!, start, end, step, own, cancellationToken));
    }

    /// <summary>Answers with the expression laid out over lines.</summary>
    public async Task FormatAsync(HttpContext context)
    {
        var parameters = await QueryParameters.ReadAsync(context.Request, options.MaxRequestSize, context.RequestAborted);
        var expression = Parse(parameters, rangeQuery: false);
        if (parameters.Fault is { } fault)
        {
            await FaultResponse.WriteAsync(context, fault);
            return;
        }

        await using var envelope = Envelope.Begin(context, worthCompressing: false);
        envelope.Json.WriteStringValue(expression!.ToString());
        await envelope.CompleteAsync([], [], context.RequestAborted);
    }

    /// <summary>Signalbox keeps no exemplars, so the answer is the one Prometheus gives when it has none.</summary>
    public async Task ExemplarsAsync(HttpContext context)
    {
        var parameters = await QueryParameters.ReadAsync(context.Request, options.MaxRequestSize, context.RequestAborted);
        var start = parameters.Time("start", PrometheusTime.Earliest);
        var end = parameters.Time("end", PrometheusTime.Latest);
        if (end < start)
        {
            parameters.Fail(QueryFault.BadData("end timestamp must not be before start timestamp"));
        }

        Parse(parameters, rangeQuery: false);
        if (parameters.Fault is { } fault)
        {
            await FaultResponse.WriteAsync(context, fault);
            return;
        }

        await using var envelope = Envelope.Begin(context, worthCompressing: false);
        envelope.Json.WriteStartArray();
        envelope.Json.WriteEndArray();
        await envelope.CompleteAsync([], [], context.RequestAborted);
    }

    private static PromQLQueryOptions ReadOptions(QueryParameters parameters)
    {
        var text = parameters.Text("lookback_delta");
        var lookback = TimeSpan.Zero;
        if (text.Length > 0 && !PrometheusTime.TryParseDuration(text, out lookback))
        {
            parameters.Fail(QueryFault.BadData($"error parsing lookback delta duration: cannot parse \"{text}\" to a valid duration"));
        }

        return new PromQLQueryOptions { Lookback = lookback > TimeSpan.Zero ? lookback : null };
    }

    /// <summary>The expression; null when <paramref name="parameters"/> has a fault.</summary>
    private static Expr? Parse(QueryParameters parameters, bool rangeQuery)
    {
        try
        {
            var expression = PromQLParser.Parse(parameters.Text("query"));
            if (rangeQuery && expression.Type is ExprType.RangeVector or ExprType.String)
            {
                var type = expression.Type == ExprType.String ? "string" : "range vector";
                parameters.Fail("query", $"invalid expression type \"{type}\" for range query, must be Scalar or instant Vector");
            }

            return expression;
        }
        catch (PromQLParseException exception)
        {
            parameters.Fail("query", exception.Message);
            return null;
        }
    }

    private async Task AnswerAsync(
        HttpContext context, QueryParameters parameters, QueryRequest request, int limit, Func<ISeriesSource, CancellationToken, ValueTask<QueryResult>> evaluate)
    {
        if (parameters.Fault is { } fault)
        {
            await FaultResponse.WriteAsync(context, fault);
            return;
        }

        var source = store.Reader(request.Principal.Tenant);
        var outcome = await runner.RunAsync(request, cancellationToken => evaluate(source, cancellationToken), context.RequestAborted);
        if (outcome.Result is not { } result)
        {
            await FaultResponse.WriteAsync(context, outcome.Fault!);
            return;
        }

        metrics.SamplesRead(result.Statistics.SamplesRead);
        await using var envelope = Envelope.Begin(context, IsLarge(result.Value));
        envelope.Json.WriteStartObject();
        var whole = await new ResultWriter(envelope).WriteAsync(result.Value, limit, context.RequestAborted);
        if (parameters.Text("stats").Length > 0)
        {
            StatisticsWriter.Write(envelope.Json, result.Statistics, outcome.Waited);
        }

        envelope.Json.WriteEndObject();
        await envelope.CompleteAsync(whole ? result.Warnings : [.. result.Warnings, SeriesEndpoints.Truncated], result.Infos, context.RequestAborted);
    }

    private static bool IsLarge(QueryValue value) => value switch
    {
        VectorValue vector => vector.Samples.Count > 10,
        MatrixValue matrix => matrix.Series.Sum(static series => series.Count) > 40,
        _ => false,
    };
}
