using System.Globalization;
using System.Text.Json;
using Signalbox.Server.Platform.Access;
using Signalbox.Settings;
using Signalbox.Server.Platform.Telemetry;
using Signalbox.Server.Query.Requests;
using Signalbox.Server.Query.Responses;

namespace Signalbox.Server.Query;

/// <summary>Answers which targets are scraped and how that goes.</summary>
internal sealed class TargetsEndpoint(IEnumerable<ITargetList> lists, QueryOptions options)
{
    /// <summary>What upstream writes for a time that never was.</summary>
    private const string Never = "0001-01-01T00:00:00Z";

    public async Task AnswerAsync(HttpContext context)
    {
        var parameters = await QueryParameters.ReadAsync(context.Request, options.MaxRequestSize, context.RequestAborted);
        var state = parameters.Text("state").ToLowerInvariant();
        var pool = parameters.Text("scrapePool");
        if (state is not ("" or "any" or "active" or "dropped"))
        {
            await FaultResponse.WriteAsync(context, QueryFault.InvalidParameter("state", $"state must be active, dropped or any, not \"{state}\""));
            return;
        }

        var tenant = context.Principal().Tenant;
        var active = state == "dropped" ? [] : lists.SelectMany(list => list.Active(tenant)).Where(target => pool.Length == 0 || target.Pool == pool).ToList();
        var dropped = state == "active" ? [] : lists.SelectMany(list => list.Dropped(tenant)).Where(target => pool.Length == 0 || target.Pool == pool).ToList();
        await using var envelope = Envelope.Begin(context, worthCompressing: active.Count + dropped.Count > 10);
        var json = envelope.Json;
        json.WriteStartObject();
        json.WriteStartArray("activeTargets"u8);
        foreach (var target in active.OrderBy(static target => target.Pool, StringComparer.Ordinal))
        {
            Write(json, target);
            await envelope.YieldAsync(context.RequestAborted);
        }

        json.WriteEndArray();
        WriteDropped(json, dropped);
        json.WriteEndObject();
        await envelope.CompleteAsync([], [], context.RequestAborted);
    }

    private static void Write(Utf8JsonWriter json, ScrapeTarget target)
    {
        json.WriteStartObject();
        json.WritePropertyName("discoveredLabels"u8);
        ResultWriter.WriteLabels(json, target.Discovered);
        json.WritePropertyName("labels"u8);
        ResultWriter.WriteLabels(json, target.Labels);
        json.WriteString("scrapePool"u8, target.Pool);
        json.WriteString("scrapeUrl"u8, target.Url.AbsoluteUri);
        json.WriteString("globalUrl"u8, target.Url.AbsoluteUri);
        json.WriteString("lastError"u8, target.LastError);
        json.WriteString("lastScrape"u8, target.LastScrape?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture) ?? Never);
        json.WriteNumber("lastScrapeDuration"u8, target.LastDuration.TotalSeconds);
        json.WriteString("health"u8, target.Health switch { TargetHealth.Up => "up"u8, TargetHealth.Down => "down"u8, _ => "unknown"u8 });
        json.WriteString("scrapeInterval"u8, DurationText.Format(target.Interval));
        json.WriteString("scrapeTimeout"u8, DurationText.Format(target.Timeout));
        json.WriteEndObject();
    }

    private static void WriteDropped(Utf8JsonWriter json, List<DroppedTarget> dropped)
    {
        json.WriteStartArray("droppedTargets"u8);
        foreach (var target in dropped)
        {
            json.WriteStartObject();
            json.WritePropertyName("discoveredLabels"u8);
            ResultWriter.WriteLabels(json, target.Discovered);
            json.WriteString("scrapePool"u8, target.Pool);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("droppedTargetCounts"u8);
        foreach (var pool in dropped.GroupBy(static target => target.Pool, StringComparer.Ordinal))
        {
            json.WriteNumber(pool.Key, pool.Count());
        }

        json.WriteEndObject();
    }
}
