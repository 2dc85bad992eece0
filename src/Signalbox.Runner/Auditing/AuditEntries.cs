using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Signalbox.Sdk.Audit;

namespace Signalbox.Runner.Auditing;

/// <summary>Turns records into events of Signalbox's audit log, within what the log takes.</summary>
internal static class AuditEntries
{
    private const int MaxId = 512;
    private const int MaxPath = 2048;
    private const int MaxMessage = 2048;
    private const int MaxReasons = 16;
    private const int MaxAction = 128;

    public static AuditEntry Of(AuditRecord record) => new()
    {
        Id = Guid.ParseExact(record.Id, "D"),
        Action = Within(record.Action, MaxAction),
        Resource = new AuditEntryResource(record.ResourceType, Within(record.Resource, MaxId), Path: record.ResourceType == "file" ? Within(record.Resource, MaxPath) : null),
        Actor = new AuditEntryActor("external-user", Within($"{record.Platform}:{record.Actor}", MaxId), record.ActorName is null ? Within(record.Actor, MaxId) : Within(record.ActorName, MaxId)),
        Outcome = record.Outcome switch { AuditRecord.Denied => AuditEntryOutcome.Denied, AuditRecord.Failed => AuditEntryOutcome.Failed, _ => AuditEntryOutcome.Succeeded },
        OccurredAt = record.At,
        PolicyId = Within(record.PolicyId, MaxId),
        DecisionId = record.DecisionId is null ? null : Within(record.DecisionId, MaxId),
        Reasons = [.. record.Reasons.Take(MaxReasons).Select(static reason => Within(reason, MaxId))],
        TraceId = record.TraceId,
        Message = Within(AuditLine.Message(record), MaxMessage),
        Data = Data(record),
    };

    /// <summary>A text that is too long is cut and ends with a part of its hash, so that two long ones stay two; control characters, which names of files may hold, are replaced.</summary>
    internal static string Within(string text, int most)
    {
        var clean = text.Any(IsControl) ? string.Concat(text.Select(static character => IsControl(character) ? '\uFFFD' : character)) : text;
        if (clean.Length <= most)
        {
            return clean.Trim().Length == 0 ? "(empty)" : clean;
        }

        var mark = "…" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 4));
        var length = most - mark.Length;
        return clean[..(char.IsHighSurrogate(clean[length - 1]) ? length - 1 : length)] + mark;
    }

    private static bool IsControl(char character) => char.IsControl(character) && character is not ('\n' or '\r' or '\t');

    private static JsonObject Data(AuditRecord record)
    {
        var data = new JsonObject { ["runId"] = record.RunId, ["platform"] = record.Platform, ["attributed"] = record.Attributed };
        Add(data, "agent", record.Agent);
        Add(data, "session", record.SessionId);
        Add(data, "tool", record.Tool);
        Add(data, "toolUseId", record.ToolUseId);
        Add(data, "repository", record.Repository);
        Add(data, "commit", record.Commit);
        Add(data, "branch", record.Branch);
        Add(data, "linesAdded", record.LinesAdded);
        Add(data, "linesRemoved", record.LinesRemoved);
        Add(data, "bytes", record.Bytes);
        Add(data, "bundles", record.Bundles);
        Add(data, "candidates", record.Candidates);
        return data;
    }

    private static void Add(JsonObject data, string name, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
        {
            data[name] = new JsonArray([.. values.Select(static value => (JsonNode?)value)]);
        }
    }

    private static void Add(JsonObject data, string name, JsonNode? value)
    {
        if (value is not null)
        {
            data[name] = value;
        }
    }
}
