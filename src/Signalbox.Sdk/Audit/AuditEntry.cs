using System.Text.Json.Nodes;

namespace Signalbox.Sdk.Audit;

/// <summary>Something that happened and belongs into the audit log.</summary>
public sealed record AuditEntry
{
    /// <summary>The event's id in the log, for those who can tell that two events are the same: an id that the log has is not taken again. Null: a new one.</summary>
    public Guid? Id { get; init; }

    /// <summary>An action that the server knows: noun and verb, such as <c>order.refund</c>; it takes those of its settings <c>audit.actions</c>.</summary>
    public required string Action { get; init; }

    public required AuditEntryResource Resource { get; init; }

    /// <summary>Who did it. Null: whoever the client's token belongs to.</summary>
    public AuditEntryActor? Actor { get; init; }

    public AuditEntryActor? OnBehalfOf { get; init; }

    public AuditEntryOutcome Outcome { get; init; }

    /// <summary>When it happened. Null: now.</summary>
    public DateTimeOffset? OccurredAt { get; init; }

    /// <summary>The policy that decided, its decision and why.</summary>
    public string? PolicyId { get; init; }

    public string? DecisionId { get; init; }

    public IReadOnlyList<string> Reasons { get; init; } = [];

    public string? RequestId { get; init; }

    /// <summary>32 hexadecimal digits. Null: that of the current activity, if there is one.</summary>
    public string? TraceId { get; init; }

    /// <summary>One sentence for people. Null: the server makes it from the rest.</summary>
    public string? Message { get; init; }

    /// <summary>The resource before and after; the server keeps the first and the difference.</summary>
    public JsonNode? Before { get; init; }

    public JsonNode? After { get; init; }

    /// <summary>Whatever else is worth keeping.</summary>
    public JsonObject? Data { get; init; }
}

/// <summary>What something was done to.</summary>
/// <param name="Type">A resource type that the server knows, such as <c>order</c>; it takes those of its settings <c>audit.resource_types</c>.</param>
/// <param name="Name">For people. Null: the id.</param>
/// <param name="Path">Where it is, such as a file's path or a URL.</param>
public sealed record AuditEntryResource(string Type, string Id, string? Name = null, string? Path = null);

/// <summary>Who did something.</summary>
/// <param name="Kind"><c>user</c>, <c>external-user</c>, <c>token</c>, <c>agent</c>, <c>job</c>, <c>service</c> or <c>system</c>.</param>
/// <param name="Name">For people. Null: the id.</param>
public sealed record AuditEntryActor(string Kind, string Id, string? Name = null);

/// <summary>How it ended.</summary>
public enum AuditEntryOutcome
{
    Succeeded,
    Failed,
    Denied,
}
