using Signalbox.PromQL;
using Signalbox.PromQL.Model;
using Signalbox.Server.Platform.Access;
using Signalbox.Server.Query.Requests;
using Signalbox.Server.Query.Responses;
using Signalbox.Telemetry;
using Signalbox.Telemetry.Metrics;

namespace Signalbox.Server.Query;

/// <summary>Answers which series, label names and label values there are.</summary>
internal sealed class SeriesEndpoints(IMetricStore store, QueryRunner runner, QueryOptions options)
{
    /// <summary>What upstream says when it leaves rows out.</summary>
    internal const string Truncated = "results truncated due to limit";

    public async Task SeriesAsync(HttpContext context)
    {
        var parameters = await QueryParameters.ReadAsync(context.Request, options.MaxRequestSize, context.RequestAborted);
        if (parameters.All(SelectorSets.Parameter).Count == 0)
        {
            parameters.Fail(QueryFault.BadData("no match[] parameter provided"));
        }

        await AnswerAsync(context, parameters, "series", namedSelectors: true, store.SeriesAsync, WriteLabels);
    }

    public async Task LabelsAsync(HttpContext context)
    {
        var parameters = await QueryParameters.ReadAsync(context.Request, options.MaxRequestSize, context.RequestAborted);
        await AnswerAsync(context, parameters, "labels", namedSelectors: false, store.LabelNamesAsync, WriteText);
    }

    public async Task LabelValuesAsync(HttpContext context)
    {
        var name = LabelNameEscape.Unescape((string)context.Request.RouteValues["name"]!);
        var parameters = await QueryParameters.ReadAsync(context.Request, options.MaxRequestSize, context.RequestAborted);
        await AnswerAsync(context, parameters, "label_values", namedSelectors: false, (tenant, query, cancellationToken) => store.LabelValuesAsync(tenant, name, query, cancellationToken), WriteText);
    }

    private static void WriteText(Envelope envelope, string text) => envelope.Json.WriteStringValue(text);

    private static void WriteLabels(Envelope envelope, Labels labels) => ResultWriter.WriteLabels(envelope.Json, labels);

    private async Task AnswerAsync<T>(
        HttpContext context,
        QueryParameters parameters,
        string endpoint,
        bool namedSelectors,
        Func<TenantId, LabelQuery, CancellationToken, ValueTask<IReadOnlyList<T>>> find,
        Action<Envelope, T> write)
    {
        var limit = parameters.Limit();
        var window = new TimeWindow(parameters.Time("start", PrometheusTime.Earliest), parameters.Time("end", PrometheusTime.Latest));
        var selectors = SelectorSets.Read(parameters, namedSelectors);
        if (parameters.Fault is { } fault)
        {
            await FaultResponse.WriteAsync(context, fault);
            return;
        }

        // One row more than asked for tells whether rows were left out.
        var query = new LabelQuery(window, selectors, limit == 0 || limit == int.MaxValue ? 0 : limit + 1);
        var principal = context.Principal();
        var request = new QueryRequest(principal, endpoint, string.Join(' ', parameters.All(SelectorSets.Parameter)), Timeout: null);
        var outcome = await runner.RunAsync(request, cancellationToken => find(principal.Tenant, query, cancellationToken), context.RequestAborted);
        if (outcome.Result is not { } rows)
        {
            await FaultResponse.WriteAsync(context, outcome.Fault!);
            return;
        }

        var shown = limit > 0 ? Math.Min(limit, rows.Count) : rows.Count;
        await WriteAsync(context, rows, shown, write);
    }

    private static async Task WriteAsync<T>(HttpContext context, IReadOnlyList<T> rows, int shown, Action<Envelope, T> write)
    {
        await using var envelope = Envelope.Begin(context, worthCompressing: shown > 20);
        envelope.Json.WriteStartArray();
        for (var index = 0; index < shown; index++)
        {
            write(envelope, rows[index]);
            await envelope.YieldAsync(context.RequestAborted);
        }

        envelope.Json.WriteEndArray();
        await envelope.CompleteAsync(shown < rows.Count ? [Truncated] : [], [], context.RequestAborted);
    }
}
