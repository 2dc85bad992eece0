using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Signalbox.Runner.Auditing.Tools;

namespace Signalbox.Runner.Auditing;

/// <summary>Writes a record as a line of <c>audit.jsonl</c>, which is a line of the log with more members.</summary>
internal static class AuditLine
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string Caller = Here();

    /// <returns>One JSON object without line end.</returns>
    public static string Text(AuditRecord record) => Encoding.UTF8.GetString(Bytes(record).Span);

    /// <inheritdoc cref="Text"/>
    public static ReadOnlyMemory<byte> Bytes(AuditRecord record)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("level", "info");
            json.WriteString("ts", record.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("caller", Caller);
            json.WriteString("msg", Message(record));
            json.WriteString("trace_id", record.TraceId);
            json.WriteString("span_id", record.SpanId);
            json.WriteString("component", "audit");
            json.WriteBoolean("audit", true);
            WriteDeed(json, record);
            WriteRun(json, record);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <summary>The sentence that people and requirement R3 look for.</summary>
    public static string Message(AuditRecord record)
    {
        var (done, toDo) = record.Action switch
        {
            "tool_use/read_file" => ("read", "read"),
            "tool_use/run_command" => ("ran", "run"),
            _ when IsUse(record) => ("used", "use"),
            _ => ("modified", "modify"),
        };
        return record.Outcome switch
        {
            AuditRecord.Denied => $"Audit: Actor {record.Actor} was denied to {toDo} Resource {record.Resource}",
            AuditRecord.Failed => $"Audit: Actor {record.Actor} failed to {toDo} Resource {record.Resource}",
            _ => $"Audit: Actor {record.Actor} {done} Resource {record.Resource}",
        };
    }

    /// <summary>A call that was refused and would have changed nothing that is known.</summary>
    private static bool IsUse(AuditRecord record) =>
        record.ResourceType == "tool" && record.Action != "tool_use/mcp" && record.Outcome == AuditRecord.Denied && record.Resource == record.Tool && record.Action != ToolTarget.EditFile;

    private static void WriteDeed(Utf8JsonWriter json, AuditRecord record)
    {
        json.WriteString("id", record.Id);
        json.WriteString("actor", record.Actor);
        Write(json, "actor_name", record.ActorName);
        Write(json, "agent", record.Agent);
        json.WriteString("action", record.Action);
        json.WriteString("resource", record.Resource);
        json.WriteString("resource_type", record.ResourceType);
        json.WriteString("policy_id", record.PolicyId);
        Write(json, "decision_id", record.DecisionId);
        Write(json, "bundles", record.Bundles);
        json.WriteString("outcome", record.Outcome);
        Write(json, "reasons", record.Reasons);
        Write(json, "tool", record.Tool);
        Write(json, "tool_use_id", record.ToolUseId);
        Write(json, "session_id", record.SessionId);
        Write(json, "lines_added", record.LinesAdded);
        Write(json, "lines_removed", record.LinesRemoved);
        Write(json, "bytes", record.Bytes);
        json.WriteBoolean("attributed", record.Attributed);
        Write(json, "candidates", record.Candidates);
    }

    private static void WriteRun(Utf8JsonWriter json, AuditRecord record)
    {
        json.WriteString("run_id", record.RunId);
        json.WriteString("platform", record.Platform);
        Write(json, "repository", record.Repository);
        Write(json, "commit", record.Commit);
        Write(json, "branch", record.Branch);
    }

    private static void Write(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void Write(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        if (values.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    /// <summary>This place as the log names places: the path within the repository, and the line.</summary>
    private static string Here([CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var path = file.Replace('\\', '/');
        var root = path.LastIndexOf("/src/", StringComparison.Ordinal);
        return string.Create(CultureInfo.InvariantCulture, $"{(root < 0 ? path : path[(root + 1)..])}:{line}");
    }
}
