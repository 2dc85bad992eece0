using System.Globalization;
using System.Text.Json;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Readings.Report;
using Signalbox.Runner.Usage;

namespace Signalbox.Runner.Receiving;

/// <summary>Adds up the tokens and the money that an agent's own telemetry told of: the third account, beside the messages and the closing report.</summary>
/// <remarks>A fold over the file's lines: the same lines give the same sums. Source: https://code.claude.com/docs/en/monitoring-usage</remarks>
internal sealed class TelemetryUsage
{
    private const string TokenMetric = "claude_code.token.usage";
    private const string CostMetric = "claude_code.cost.usage";
    private const int MaxSeries = 10_000;

    private const int Delta = 1;

    private readonly Dictionary<string, double> _series = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Sums> _models = new(StringComparer.Ordinal);

    /// <summary>By model, in ordinal order of their names; null when nothing was told.</summary>
    public IReadOnlyList<ModelUsageReport>? Models => _models.Count == 0
        ? null
        : [.. _models.Select(static pair => new ModelUsageReport(
            pair.Key, (long)pair.Value.Input, (long)pair.Value.Output, (long)pair.Value.CacheRead, (long)pair.Value.CacheCreation, pair.Value.Cost))];

    /// <returns>Null when there is no such file, or no tokens in it.</returns>
    public static IReadOnlyList<ModelUsageReport>? OfFile(string path)
    {
        using var file = PrivateFiles.TryOpenRead(path);
        if (file is null)
        {
            return null;
        }

        var usage = new TelemetryUsage();
        using var lines = new StreamReader(file);
        while (lines.ReadLine() is { } line)
        {
            usage.Take(line);
        }

        return usage.Models;
    }

    /// <summary>Takes a line of <c>telemetry.jsonl</c>; what is not one is left alone, as a cut last line is.</summary>
    public void Take(string line)
    {
        // Most lines are logs; they are not even parsed.
        if (!line.Contains(TokenMetric, StringComparison.Ordinal) && !line.Contains(CostMetric, StringComparison.Ordinal))
        {
            return;
        }

        try
        {
            using var document = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 192 });
            foreach (var metric in Each(Each(Each([document.RootElement], "body", "resourceMetrics"), "scopeMetrics"), "metrics"))
            {
                Take(metric);
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            // A line of another form than OTLP's tells of no tokens.
        }
    }

    private static IEnumerable<JsonElement> Each(IEnumerable<JsonElement> parents, params string[] path)
    {
        foreach (var parent in parents)
        {
            var found = parent;
            var there = true;
            foreach (var name in path)
            {
                there = there && found.ValueKind == JsonValueKind.Object && found.TryGetProperty(name, out found);
            }

            if (there && found.ValueKind == JsonValueKind.Array)
            {
                foreach (var item in found.EnumerateArray())
                {
                    yield return item;
                }
            }
        }
    }

    private static Dictionary<string, string?> Attributes(JsonElement point)
    {
        var attributes = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var attribute in Each([point], "attributes"))
        {
            if (attribute.TryGetProperty("key", out var key) && key.GetString() is { } name && attribute.TryGetProperty("value", out var value))
            {
                attributes[name] = value.TryGetProperty("stringValue", out var text) ? text.GetString() : value.GetRawText();
            }
        }

        return attributes;
    }

    private static double Number(JsonElement point) =>
        point.TryGetProperty("asInt", out var whole) ? whole.ValueKind == JsonValueKind.String ? double.Parse(whole.GetString()!, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : whole.GetDouble()
        : point.TryGetProperty("asDouble", out var number) ? number.GetDouble()
        : 0;

    private void Take(JsonElement metric)
    {
        var name = metric.TryGetProperty("name", out var named) ? named.GetString() : null;
        if (name is not (TokenMetric or CostMetric) || !metric.TryGetProperty("sum", out var sum))
        {
            return;
        }

        var delta = sum.TryGetProperty("aggregationTemporality", out var temporality)
            && (temporality.ValueKind == JsonValueKind.String ? temporality.GetString()!.EndsWith("DELTA", StringComparison.Ordinal) : temporality.GetInt32() == Delta);
        foreach (var point in Each([sum], "dataPoints"))
        {
            Take(name, point, delta);
        }
    }

    private void Take(string name, JsonElement point, bool delta)
    {
        var attributes = Attributes(point);
        var value = Number(point);
        if (!delta)
        {
            value = Gained(name, attributes, point, value);
        }

        var model = attributes.GetValueOrDefault("model") ?? "unknown";
        model = _models.ContainsKey(model) || _models.Count < ModelTally.MaxModels ? model : "other";
        if (!_models.TryGetValue(model, out var sums))
        {
            _models.Add(model, sums = new Sums());
        }

        switch (name == CostMetric ? "cost" : attributes.GetValueOrDefault("type"))
        {
            case "cost":
                sums.Cost = (sums.Cost ?? 0) + value;
                break;
            case "input":
                sums.Input += value;
                break;
            case "output":
                sums.Output += value;
                break;
            case "cacheRead":
                sums.CacheRead += value;
                break;
            case "cacheCreation":
                sums.CacheCreation += value;
                break;
        }
    }

    /// <summary>Of a count that runs on: how much it grew since it was last told, by the same start.</summary>
    private double Gained(string name, Dictionary<string, string?> attributes, JsonElement point, double value)
    {
        var start = point.TryGetProperty("startTimeUnixNano", out var time) ? time.ToString() : string.Empty;
        var key = $"{name}\n{start}\n{string.Join('\n', attributes.OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => $"{pair.Key}={pair.Value}"))}";
        var before = _series.GetValueOrDefault(key);
        if (_series.Count < MaxSeries || _series.ContainsKey(key))
        {
            _series[key] = value;
            return value - before;
        }

        // Without a place to remember it, a running count would be added again each time it is told.
        return 0;
    }

    private sealed class Sums
    {
        public double Input { get; set; }

        public double Output { get; set; }

        public double CacheRead { get; set; }

        public double CacheCreation { get; set; }

        public double? Cost { get; set; }
    }
}
