using System.Globalization;
using System.Text.Json;
using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Metrics;

/// <summary>Writes a run's log lines, the audit's among them, as the body of an OTLP/JSON request.</summary>
/// <remarks>Source: https://github.com/open-telemetry/opentelemetry-proto/blob/v1.8.0/opentelemetry/proto/logs/v1/logs.proto</remarks>
internal static class OtlpLogsBody
{
    /// <summary>Lines that are sent at most: the last ones, since the end of a run tells most of it.</summary>
    public const int MaxLines = 2000;

    /// <returns>Empty when there are no lines.</returns>
    public static async Task<ReadOnlyMemory<byte>> WriteAsync(RunPublication run, CancellationToken cancellationToken)
    {
        await using var file = run.LogFile is null ? null : PrivateFiles.TryOpenRead(run.LogFile);
        if (file is null)
        {
            return default;
        }

        var lines = new Queue<string>();
        using var reader = new StreamReader(file);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            lines.Enqueue(line);
            if (lines.Count > MaxLines)
            {
                lines.Dequeue();
            }
        }

        return Write(run, lines);
    }

    private static ReadOnlyMemory<byte> Write(RunPublication run, IReadOnlyCollection<string> lines)
    {
        using var body = new MemoryStream();
        using var json = new Utf8JsonWriter(body);
        json.WriteStartObject();
        json.WriteStartArray("resourceLogs"u8);
        json.WriteStartObject();
        json.WriteStartObject("resource"u8);
        json.WriteStartArray("attributes"u8);
        Attribute(json, "service.name", "cicd-runner");
        Attribute(json, "service.version", run.Report.Version);
        Attribute(json, "cicd.pipeline.run.id", run.Report.Ci.RunId ?? run.Report.Id);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartArray("scopeLogs"u8);
        json.WriteStartObject();
        json.WriteStartArray("logRecords"u8);
        var written = 0;
        foreach (var line in lines)
        {
            written += TryWrite(json, line) ? 1 : 0;
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return written == 0 ? default : body.ToArray();
    }

    /// <summary>A line that is no log line, such as the cut last one of a killed run, or one with a text that is no Unicode, is left out.</summary>
    private static bool TryWrite(Utf8JsonWriter json, string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var record = document.RootElement;
            if (record.ValueKind != JsonValueKind.Object || !DateTimeOffset.TryParse(Text(record, "ts"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            {
                return false;
            }

            // All that may be wrong with it shows before the first of it is written.
            var (number, name) = Severity(Text(record, "level"));
            var (message, trace, span) = (Text(record, "msg"), Text(record, "trace_id"), Text(record, "span_id"));
            var attributes = record.EnumerateObject()
                .Where(static member => member.Name is not ("ts" or "level" or "msg" or "trace_id" or "span_id"))
                .Select(static member => (member.Name, Value: member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString()! : member.Value.GetRawText()))
                .ToList();
            json.WriteStartObject();
            json.WriteString("timeUnixNano"u8, (time.ToUnixTimeMilliseconds() * 1_000_000L).ToString(CultureInfo.InvariantCulture));
            json.WriteNumber("severityNumber"u8, number);
            json.WriteString("severityText"u8, name);
            json.WriteStartObject("body"u8);
            json.WriteString("stringValue"u8, message);
            json.WriteEndObject();
            json.WriteStartArray("attributes"u8);
            foreach (var (attribute, value) in attributes)
            {
                Attribute(json, attribute, value);
            }

            json.WriteEndArray();
            if (trace.Length == 32 && span.Length == 16)
            {
                json.WriteString("traceId"u8, trace);
                json.WriteString("spanId"u8, span);
            }

            json.WriteEndObject();
            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static string Text(JsonElement record, string name) =>
        record.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : string.Empty;

    private static void Attribute(Utf8JsonWriter json, string name, string value)
    {
        json.WriteStartObject();
        json.WriteString("key"u8, name);
        json.WriteStartObject("value"u8);
        json.WriteString("stringValue"u8, value);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static (int Number, string Name) Severity(string level) => level switch
    {
        "trace" => (1, "TRACE"),
        "debug" => (5, "DEBUG"),
        "warn" or "warning" => (13, "WARN"),
        "error" => (17, "ERROR"),
        "fatal" or "critical" => (21, "FATAL"),
        _ => (9, "INFO"),
    };
}
