using System.Globalization;
using System.Text.Json;
using Signalbox.Runner.Readings.Report;

namespace Signalbox.Runner.Metrics;

/// <summary>Writes a run's metrics as the body of an OTLP/JSON request.</summary>
/// <remarks>
/// Every metric keeps its Prometheus name; units are told where the name ends in them, so that a receiver that translates names arrives at the same ones.
/// Source: https://github.com/open-telemetry/opentelemetry-proto/blob/v1.8.0/opentelemetry/proto/metrics/v1/metrics.proto
/// </remarks>
internal sealed class OtlpMetricsBody(RunReport report, OtlpOptions options)
{
    private const int Delta = 1;
    private const int Cumulative = 2;

    private readonly string _start = Nanoseconds(report.StartedAt);
    private readonly string _end = Nanoseconds(report.FinishedAt ?? report.StartedAt);

    public byte[] Write(IReadOnlyList<MetricFamily> families)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteStartArray("resourceMetrics"u8);
            json.WriteStartObject();
            WriteResource(json);
            json.WriteStartArray("scopeMetrics"u8);
            json.WriteStartObject();
            json.WriteStartObject("scope"u8);
            json.WriteString("name"u8, "cicd-runner");
            json.WriteString("version"u8, report.Version);
            json.WriteEndObject();
            json.WriteStartArray("metrics"u8);
            foreach (var family in families)
            {
                if (family.Samples.Count > 0)
                {
                    WriteMetric(json, family);
                }
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return body.ToArray();
    }

    private static string Nanoseconds(DateTimeOffset time) => (time.ToUnixTimeMilliseconds() * 1_000_000L).ToString(CultureInfo.InvariantCulture);

    private static string UnitOf(string name)
    {
        var stem = name.EndsWith("_total", StringComparison.Ordinal) ? name[..^6] : name;
        return stem.EndsWith("_seconds", StringComparison.Ordinal) ? "s" : stem.EndsWith("_bytes", StringComparison.Ordinal) ? "By" : string.Empty;
    }

    private static void WriteAttribute(Utf8JsonWriter json, string name, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return;
        }

        json.WriteStartObject();
        json.WriteString("key"u8, name);
        json.WriteStartObject("value"u8);
        json.WriteString("stringValue"u8, value);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>The id of the run is not among the attributes unless every run has its own series: it would make one set of series a run.</summary>
    private void WriteResource(Utf8JsonWriter json)
    {
        var job = string.Join('/', new[] { report.Ci.Repository, report.Ci.Pipeline, report.Ci.JobName }.Where(static part => !string.IsNullOrEmpty(part)));
        json.WriteStartObject("resource"u8);
        json.WriteStartArray("attributes"u8);
        WriteAttribute(json, "service.name", "cicd-runner");
        WriteAttribute(json, "service.instance.id", options.InstancePerRun ? report.Id : job.Length > 0 ? job : report.Ci.Platform);
        WriteAttribute(json, "service.version", report.Version);
        WriteAttribute(json, "cicd.pipeline.name", report.Ci.Pipeline);
        WriteAttribute(json, "cicd.pipeline.run.id", options.InstancePerRun ? report.Ci.RunId : null);
        WriteAttribute(json, "vcs.repository.name", report.Ci.Repository);
        WriteAttribute(json, "vcs.repository.url.full", report.Ci.RepositoryUrl);
        WriteAttribute(json, "vcs.ref.head.name", report.Ci.Branch);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteMetric(Utf8JsonWriter json, MetricFamily family)
    {
        var counts = family.Kind == MetricKind.Counter;
        json.WriteStartObject();
        json.WriteString("name"u8, family.Name);
        json.WriteString("description"u8, family.Help);
        if (UnitOf(family.Name) is { Length: > 0 } unit)
        {
            json.WriteString("unit"u8, unit);
        }

        json.WriteStartObject(counts ? "sum"u8 : "gauge"u8);
        if (counts)
        {
            json.WriteNumber("aggregationTemporality"u8, options.Delta ? Delta : Cumulative);
            json.WriteBoolean("isMonotonic"u8, true);
        }

        json.WriteStartArray("dataPoints"u8);
        foreach (var sample in family.Samples)
        {
            json.WriteStartObject();
            json.WriteStartArray("attributes"u8);
            foreach (var label in sample.Labels)
            {
                WriteAttribute(json, label.Name, label.Value);
            }

            json.WriteEndArray();
            if (counts)
            {
                json.WriteString("startTimeUnixNano"u8, _start);
            }

            json.WriteString("timeUnixNano"u8, _end);
            json.WriteNumber("asDouble"u8, sample.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
