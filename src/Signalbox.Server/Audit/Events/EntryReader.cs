using System.Text.Json;
using Signalbox.Server.Audit.Storage;

namespace Signalbox.Server.Audit.Events;

/// <summary>Shows a stored record as lists and the live tail do.</summary>
/// <remarks>It takes what the bytes say, member by member, without judging it: a record that somebody altered is shown as it is now, and its proof fails.</remarks>
internal static class EntryReader
{
    /// <exception cref="JsonException">The bytes are no JSON.</exception>
    public static AuditEntry Read(StoredEvent stored) => Read(stored, JsonDocument.Parse(stored.Body).RootElement);

    /// <param name="after">The object after the change.</param>
    public static AuditEntryDetail ReadDetail(StoredEvent stored, JsonElement? after)
    {
        var body = JsonDocument.Parse(stored.Body).RootElement;
        return new AuditEntryDetail(Read(stored, body)) { Before = Find(body, "before"), After = after, LeafHash = Convert.ToBase64String(stored.Leaf) };
    }

    private static AuditEntry Read(StoredEvent stored, JsonElement body) => new()
    {
        Id = Text(body, "id") ?? string.Empty,
        Sequence = stored.Sequence,
        Time = DateTimeOffset.FromUnixTimeMilliseconds(stored.TimeMs),
        OccurredAt = Find(body, "occurredAt") is { } occurredAt && occurredAt.TryGetDateTimeOffset(out var instant) ? instant : null,
        Tenant = Text(body, "tenant") ?? string.Empty,
        Class = Text(body, "class") ?? string.Empty,
        Actor = Actor(Find(body, "actor")) ?? new AuditActorView(string.Empty, string.Empty, string.Empty, null),
        OnBehalfOf = Actor(Find(body, "onBehalfOf")),
        Reporter = Actor(Find(body, "reporter")),
        Action = Text(body, "action") ?? string.Empty,
        Resource = Resource(Find(body, "resource")),
        Outcome = Text(body, "outcome") ?? string.Empty,
        PolicyId = Text(body, "policyId"),
        DecisionId = Text(body, "decisionId"),
        Reasons = [.. Elements(body, "reasons").Select(static reason => reason.ToString())],
        RequestId = Text(body, "requestId"),
        TraceId = Text(body, "traceId"),
        Address = Text(body, "address"),
        Peer = Text(body, "peer"),
        AddressChain = Text(body, "addressChain"),
        UserAgent = Text(body, "userAgent"),
        Source = Text(body, "source") ?? string.Empty,
        Diff = [.. Elements(body, "diff").Select(Operation)],
        Cut = [.. Elements(body, "cut").Select(Cut)],
        Redacted = [.. Elements(body, "redacted").Select(static place => new AuditErasedPlace(Text(place, "path") ?? string.Empty, Text(place, "rule") ?? string.Empty))],
        Data = Find(body, "data"),
        Message = Text(body, "message") ?? string.Empty,
    };

    private static AuditActorView? Actor(JsonElement? actor) =>
        actor is { } members ? new AuditActorView(Text(members, "kind") ?? string.Empty, Text(members, "id") ?? string.Empty, Text(members, "name") ?? string.Empty, Text(members, "tokenId")) : null;

    private static AuditResourceView Resource(JsonElement? resource) => resource is { } members
        ? new AuditResourceView(Text(members, "type") ?? string.Empty, Text(members, "id") ?? string.Empty, Text(members, "name") ?? string.Empty, Text(members, "path"))
        : new AuditResourceView(string.Empty, string.Empty, string.Empty, null);

    private static AuditDiffOperation Operation(JsonElement operation) => new()
    {
        Op = Text(operation, "op") ?? string.Empty,
        Path = Text(operation, "path") ?? string.Empty,
        Value = Find(operation, "value"),
        Old = Find(operation, "old"),
    };

    private static AuditCutValue Cut(JsonElement cut) =>
        new(Text(cut, "path") ?? string.Empty, Find(cut, "length") is { ValueKind: JsonValueKind.Number } length && length.TryGetInt64(out var bytes) ? bytes : 0, Text(cut, "sha256"), Text(cut, "of") == "name");

    private static JsonElement.ArrayEnumerator Elements(JsonElement body, string name) => Find(body, name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : default;

    private static string? Text(JsonElement members, string name) => Find(members, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static JsonElement? Find(JsonElement members, string name) => members.ValueKind == JsonValueKind.Object && members.TryGetProperty(name, out var value) ? value : null;
}
