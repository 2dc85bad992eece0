using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Signalbox.Sdk.Redaction;

namespace Signalbox.Sdk.Audit;

/// <summary>An event as it is sent: its id, which stays the same however often it is sent, and its JSON, redacted.</summary>
internal sealed record PreparedEntry(string Id, byte[] Json)
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static PreparedEntry Of(AuditEntry entry, AuditClientOptions options)
    {
        var now = options.Clock.GetUtcNow();
        var id = (entry.Id ?? Guid.CreateVersion7(now)).ToString();
        var members = new JsonObject
        {
            ["occurredAt"] = (entry.OccurredAt ?? now).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            ["action"] = entry.Action,
            ["resource"] = Present(("type", entry.Resource.Type), ("id", entry.Resource.Id), ("name", entry.Resource.Name), ("path", entry.Resource.Path)),
            ["outcome"] = entry.Outcome switch { AuditEntryOutcome.Failed => "failed", AuditEntryOutcome.Denied => "denied", _ => "succeeded" },
            ["source"] = options.Source,
        };
        Add(members, "actor", Actor(entry.Actor));
        Add(members, "onBehalfOf", Actor(entry.OnBehalfOf));
        Add(members, "policyId", entry.PolicyId);
        Add(members, "decisionId", entry.DecisionId);
        Add(members, "reasons", entry.Reasons.Count == 0 ? null : new JsonArray([.. entry.Reasons.Select(static reason => (JsonNode?)reason)]));
        Add(members, "requestId", entry.RequestId);
        Add(members, "traceId", entry.TraceId ?? Activity.Current?.TraceId.ToHexString());
        Add(members, "message", entry.Message);
        Add(members, "before", Redacted(entry.Before, options.Redactor));
        Add(members, "after", Redacted(entry.After, options.Redactor));
        Add(members, "data", Redacted(entry.Data, options.Redactor));
        return new PreparedEntry(id, Write(id, options.Redactor.Redact(members)!.AsObject()));
    }

    private static byte[] Write(string id, JsonObject members)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            foreach (var (name, value) in members)
            {
                json.WritePropertyName(name);
                value!.WriteTo(json);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The caller's own trees are redacted from their own roots, so that pointers of masks fit, and are copied, because a node has one parent only.</summary>
    private static JsonNode? Redacted(JsonNode? node, Redactor redactor)
    {
        var redacted = redactor.Redact(node);
        return ReferenceEquals(redacted, node) ? node?.DeepClone() : redacted;
    }

    private static JsonObject? Actor(AuditEntryActor? actor) => actor is null ? null : Present(("kind", actor.Kind), ("id", actor.Id), ("name", actor.Name));

    private static JsonObject Present(params ReadOnlySpan<(string Name, string? Value)> members)
    {
        var result = new JsonObject();
        foreach (var (name, value) in members)
        {
            Add(result, name, value);
        }

        return result;
    }

    private static void Add(JsonObject members, string name, JsonNode? value)
    {
        if (value is not null)
        {
            members[name] = value;
        }
    }
}
