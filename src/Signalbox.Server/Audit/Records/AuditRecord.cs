using System.Text.Json.Nodes;
using Signalbox.Server.Platform.Audit;

namespace Signalbox.Server.Audit.Records;

/// <summary>A stored record as it reads.</summary>
internal sealed record AuditRecord
{
    public required string Id { get; init; }

    /// <summary>The server's.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The reporter's.</summary>
    public DateTimeOffset? OccurredAt { get; init; }

    public required string Tenant { get; init; }

    /// <summary><c>standard</c>, <c>mandatory</c> or <c>gap</c>.</summary>
    public required string Class { get; init; }

    public required AuditActor Actor { get; init; }

    public AuditActor? OnBehalfOf { get; init; }

    public AuditActor? Reporter { get; init; }

    public required string Action { get; init; }

    public required RecordResource Resource { get; init; }

    /// <summary><c>succeeded</c>, <c>failed</c> or <c>denied</c>.</summary>
    public required string Outcome { get; init; }

    public string? PolicyId { get; init; }

    public string? DecisionId { get; init; }

    public IReadOnlyList<string> Reasons { get; init; } = [];

    public string? RequestId { get; init; }

    public string? TraceId { get; init; }

    public string? Address { get; init; }

    public string? Peer { get; init; }

    public string? AddressChain { get; init; }

    public string? UserAgent { get; init; }

    public required string Source { get; init; }

    public required string Message { get; init; }

    public JsonNode? Before { get; init; }

    public JsonArray? Diff { get; init; }

    public IReadOnlyList<RecordCut> Cut { get; init; } = [];

    public IReadOnlyList<RecordErasure> Redacted { get; init; } = [];

    public JsonNode? Data { get; init; }

    /// <summary>The object after the change.</summary>
    /// <returns>Null when there was none, or when so much was cut that the diff does not lead from one object to the other.</returns>
    public JsonNode? After()
    {
        try
        {
            return JsonPatch.Apply([.. (Diff ?? []).Select(JsonOperation.Read)], Before);
        }
        catch (JsonPatchException)
        {
            return null;
        }
    }
}
