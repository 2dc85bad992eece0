using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Signalbox.Server.Audit.Events;

/// <summary>One record of the audit log, as lists and the live tail show it.</summary>
internal record AuditEntry
{
    /// <summary>A UUID; of reported events the one that the reporter chose.</summary>
    public required string Id { get; init; }

    /// <summary>Its place in the tenant's log, and the index of its leaf in the Merkle tree; from 0.</summary>
    public required long Sequence { get; init; }

    /// <summary>When the server took it.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>When it happened, as its reporter says; null when that is not told apart from <see cref="Time"/>.</summary>
    public required DateTimeOffset? OccurredAt { get; init; }

    public required string Tenant { get; init; }

    /// <summary><c>standard</c>, <c>mandatory</c>, or <c>gap</c> for a record of events that could not be kept.</summary>
    public required string Class { get; init; }

    public required AuditActorView Actor { get; init; }

    /// <summary>For whom the actor did it; null when for itself.</summary>
    public required AuditActorView? OnBehalfOf { get; init; }

    /// <summary>The caller who reported it through the API; null for what Signalbox saw itself.</summary>
    public required AuditActorView? Reporter { get; init; }

    /// <summary>Noun and verb, such as <c>token.create</c>; <c>GET /api/v1/audit/vocabulary</c> lists them.</summary>
    public required string Action { get; init; }

    public required AuditResourceView Resource { get; init; }

    /// <summary><c>succeeded</c>, <c>failed</c> or <c>denied</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>The policy that decided; null when none did.</summary>
    public required string? PolicyId { get; init; }

    public required string? DecisionId { get; init; }

    /// <summary>Why it was decided, or why it failed.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    public required string? RequestId { get; init; }

    public required string? TraceId { get; init; }

    /// <summary>The client's, as far as trusted proxies tell it.</summary>
    public required string? Address { get; init; }

    /// <summary>Who connected to the server: the client, or the last proxy before it.</summary>
    public required string? Peer { get; init; }

    /// <summary>What proxies said of the client's address, as it came.</summary>
    public required string? AddressChain { get; init; }

    public required string? UserAgent { get; init; }

    /// <summary>What it came through: <c>api</c>, <c>console</c>, <c>cli</c>, <c>system</c>, <c>job</c>, <c>sdk</c>, <c>runner</c>, or what a reporter calls itself.</summary>
    public required string Source { get; init; }

    /// <summary>What changed, as RFC 6902 with the old value beside the new one; empty when nothing did or when it is not known.</summary>
    public required IReadOnlyList<AuditDiffOperation> Diff { get; init; }

    /// <summary>Values that were too long for the record.</summary>
    public required IReadOnlyList<AuditCutValue> Cut { get; init; }

    /// <summary>Places at which a secret was erased before the record was stored.</summary>
    public required IReadOnlyList<AuditErasedPlace> Redacted { get; init; }

    /// <summary>Further members, an object; null when there are none.</summary>
    public required JsonElement? Data { get; init; }

    /// <summary>One sentence for people.</summary>
    public required string Message { get; init; }
}

/// <summary>One record of the audit log with everything that is kept of it.</summary>
internal sealed record AuditEntryDetail : AuditEntry
{
    [JsonConstructor]
    public AuditEntryDetail()
    {
    }

    /// <summary>Of an entry; what is only here is still to be set.</summary>
    [SetsRequiredMembers]
    public AuditEntryDetail(AuditEntry entry)
        : base(entry)
    {
        LeafHash = string.Empty;
    }

    /// <summary>The resource before, without secrets; null when there was none or when it is not known.</summary>
    public required JsonElement? Before { get; init; }

    /// <summary>The resource after; null when there is none or when it is not known.</summary>
    public required JsonElement? After { get; init; }

    /// <summary>SHA-256 of 0x00 and the stored bytes, in base64: the leaf of the Merkle tree.</summary>
    public required string LeafHash { get; init; }
}

/// <summary>One page of the audit log, newest first unless asked for otherwise.</summary>
internal sealed record AuditEntryList(IReadOnlyList<AuditEntry> Items, string? Next);

/// <summary>What something was done to.</summary>
/// <param name="Type">Such as <c>token</c>; <c>GET /api/v1/audit/vocabulary</c> lists them.</param>
/// <param name="Path">Where it is, for what lies somewhere; null otherwise.</param>
internal sealed record AuditResourceView(string Type, string Id, string Name, string? Path);

/// <summary>One operation of a diff: RFC 6902, and what was there before.</summary>
/// <remarks>Source: https://www.rfc-editor.org/rfc/rfc6902</remarks>
internal sealed record AuditDiffOperation
{
    /// <summary><c>add</c>, <c>remove</c> or <c>replace</c>.</summary>
    public required string Op { get; init; }

    /// <summary>A JSON pointer.</summary>
    public required string Path { get; init; }

    /// <summary>What is there now; absent where something was removed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Value { get; init; }

    /// <summary>What was there before; absent where something was added.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Old { get; init; }
}

/// <summary>A value that was cut; whoever has the whole one can show by its hash that it is that one.</summary>
/// <param name="Path">A JSON pointer into the stored record.</param>
/// <param name="Length">Of the whole value, in bytes of UTF-8.</param>
/// <param name="Sha256">Of the whole value, in hexadecimal; null for what was nested too deep to be looked into.</param>
/// <param name="OfName">It is the member's name that was cut.</param>
internal sealed record AuditCutValue(string Path, long Length, string? Sha256, bool OfName);

/// <summary>A place at which a secret was erased.</summary>
/// <param name="Path">A JSON pointer into the stored record.</param>
/// <param name="Rule">The rule that found it.</param>
internal sealed record AuditErasedPlace(string Path, string Rule);
