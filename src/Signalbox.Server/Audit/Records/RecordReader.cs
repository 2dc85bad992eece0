using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Signalbox.Server.Platform.Audit;

namespace Signalbox.Server.Audit.Records;

/// <summary>Reads stored records.</summary>
/// <remarks>Members that it does not know are passed over, so that older programs read newer records.</remarks>
internal static class RecordReader
{
    /// <exception cref="FormatException">These bytes are no record.</exception>
    public static AuditRecord Read(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            return JsonNode.Parse(ref reader) is JsonObject root ? Read(root) : throw new FormatException("A record is an object.");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException($"This is no record: {exception.Message}", exception);
        }
    }

    private static AuditRecord Read(JsonObject root) => new()
    {
        Id = Text(root, "id"),
        Time = Instant(Text(root, "time")),
        OccurredAt = Find(root, "occurredAt") is { } occurredAt ? Instant(occurredAt) : null,
        Tenant = Text(root, "tenant"),
        Class = Text(root, "class"),
        Actor = Actor(root["actor"]) ?? throw new FormatException("The record has no actor."),
        OnBehalfOf = Actor(root["onBehalfOf"]),
        Reporter = Actor(root["reporter"]),
        Action = Text(root, "action"),
        Resource = Resource(root["resource"]),
        Outcome = Text(root, "outcome"),
        PolicyId = Find(root, "policyId"),
        DecisionId = Find(root, "decisionId"),
        Reasons = [.. Elements(root, "reasons").Select(static reason => reason!.GetValue<string>())],
        RequestId = Find(root, "requestId"),
        TraceId = Find(root, "traceId"),
        Address = Find(root, "address"),
        Peer = Find(root, "peer"),
        AddressChain = Find(root, "addressChain"),
        UserAgent = Find(root, "userAgent"),
        Source = Text(root, "source"),
        Message = Text(root, "message"),
        Before = root["before"]?.DeepClone(),
        Diff = root["diff"]?.DeepClone().AsArray(),
        Cut = [.. Elements(root, "cut").Select(static cut => new RecordCut(Text(cut, "path"), cut!["length"]!.GetValue<long>(), Find(cut, "sha256"), Find(cut, "of") == "name"))],
        Redacted = [.. Elements(root, "redacted").Select(static erasure => new RecordErasure(Text(erasure, "path"), Text(erasure, "rule")))],
        Data = root["data"]?.DeepClone(),
    };

    private static AuditActor? Actor(JsonNode? node) => node is null ? null : new AuditActor(Text(node, "kind"), Text(node, "id"), Text(node, "name"), Find(node, "tokenId"));

    private static RecordResource Resource(JsonNode? node) => new(Text(node, "type"), Text(node, "id"), Text(node, "name"), Find(node, "path"));

    private static JsonArray Elements(JsonObject root, string name) => root[name]?.AsArray() ?? [];

    private static string Text(JsonNode? node, string name) => Find(node, name) ?? throw new FormatException($"The record has no {name}.");

    private static string? Find(JsonNode? node, string name) => node?.AsObject()[name]?.GetValue<string>();

    private static DateTimeOffset Instant(string text) =>
        DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
            ? instant
            : throw new FormatException($"'{text}' is no instant of a record.");
}
