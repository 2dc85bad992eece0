using System.Text.Json;
using Signalbox.Server.Platform.Access;
using Signalbox.Server.Query.Requests;
using Signalbox.Server.Query.Responses;
using Signalbox.Telemetry.Metrics;

namespace Signalbox.Server.Query;

/// <summary>Answers what senders said of their metrics: type, help and unit.</summary>
internal sealed class MetadataEndpoint(IMetricStore store, QueryRunner runner, QueryOptions options)
{
    public async Task AnswerAsync(HttpContext context)
    {
        var parameters = await QueryParameters.ReadAsync(context.Request, options.MaxRequestSize, context.RequestAborted);
        var limit = parameters.Number("limit");
        var perMetric = parameters.Number("limit_per_metric");
        var metric = parameters.Text("metric");
        if (parameters.Fault is { } fault)
        {
            await FaultResponse.WriteAsync(context, fault);
            return;
        }

        var principal = context.Principal();
        var request = new QueryRequest(principal, "metadata", metric, Timeout: null);
        var outcome = await runner.RunAsync(request, cancellationToken => store.MetadataAsync(principal.Tenant, cancellationToken), context.RequestAborted);
        if (outcome.Result is not { } all)
        {
            await FaultResponse.WriteAsync(context, outcome.Fault!);
            return;
        }

        var families = all.Where(entry => metric.Length == 0 || entry.Family == metric).GroupBy(static entry => entry.Family, StringComparer.Ordinal);
        await using var envelope = Envelope.Begin(context, worthCompressing: all.Count > 20 && metric.Length == 0);
        envelope.Json.WriteStartObject();
        foreach (var family in limit < 0 ? families : families.Take(limit))
        {
            envelope.Json.WriteStartArray(family.Key);
            foreach (var entry in perMetric <= 0 ? family : family.Take(perMetric))
            {
                JsonSerializer.Serialize(envelope.Json, Entry(entry), QueryJson.Default.MetadataEntry);
            }

            envelope.Json.WriteEndArray();
            await envelope.YieldAsync(context.RequestAborted);
        }

        envelope.Json.WriteEndObject();
        await envelope.CompleteAsync([], [], context.RequestAborted);
    }

    private static MetadataEntry Entry(MetricMetadata metadata) => new(
        metadata.Type switch
        {
            MetricType.Counter => "counter",
            MetricType.Gauge => "gauge",
            MetricType.Histogram => "histogram",
            MetricType.GaugeHistogram => "gaugehistogram",
            MetricType.Summary => "summary",
            MetricType.Info => "info",
            MetricType.StateSet => "stateset",
            _ => "unknown",
        },
        metadata.Help,
        metadata.Unit);
}
