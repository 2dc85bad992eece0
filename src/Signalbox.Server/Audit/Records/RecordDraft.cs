using System.Text.Json.Nodes;
using Signalbox.Server.Platform.Audit;

namespace Signalbox.Server.Audit.Records;

/// <summary>A record while it is being made; its texts are redacted and within their bounds, its trees may still be too large.</summary>
internal sealed class RecordDraft
{
    public required string Id { get; init; }

    public required string Salt { get; init; }

    public required DateTimeOffset Time { get; init; }

    public required string Tenant { get; init; }

    public required string Class { get; init; }

    public required string Action { get; init; }

    public required string Outcome { get; init; }

    public required string Source { get; init; }

    public required AuditActor Actor { get; init; }

    public required RecordResource Resource { get; init; }

    public required string Message { get; init; }

    public DateTimeOffset? OccurredAt { get; init; }

    public AuditActor? OnBehalfOf { get; init; }

    public AuditActor? Reporter { get; init; }

    public string? PolicyId { get; init; }

    public string? DecisionId { get; init; }

    public IReadOnlyList<string> Reasons { get; init; } = [];

    public string? RequestId { get; init; }

    public string? TraceId { get; init; }

    public string? Address { get; init; }

    public string? Peer { get; init; }

    public string? AddressChain { get; init; }

    public string? UserAgent { get; init; }

    public JsonNode? Before { get; set; }

    public JsonArray? Diff { get; set; }

    public JsonNode? Data { get; set; }

    /// <summary>What was cut from the trees; each attempt to make them fit begins it anew.</summary>
    public List<RecordCut> TreeCuts { get; set; } = [];

    /// <summary>What was cut from the texts.</summary>
    public IReadOnlyList<RecordCut> TextCuts { get; init; } = [];

    public IReadOnlyList<RecordErasure> Redacted { get; init; } = [];
}
