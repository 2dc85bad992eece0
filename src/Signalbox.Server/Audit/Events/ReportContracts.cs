using System.Text.Json;

namespace Signalbox.Server.Audit.Events;

/// <summary>Events that happened elsewhere, to be recorded; all of them are taken, or none.</summary>
internal sealed record ReportAuditEvents
{
    /// <summary>1 to 1,000, in the order in which they enter the log.</summary>
    public required IReadOnlyList<ReportedAuditEvent> Events { get; init; }
}

/// <summary>One event that happened elsewhere.</summary>
internal sealed record ReportedAuditEvent
{
    /// <summary>A UUID of the reporter's choice; an id that is in the log already is not entered again.</summary>
    public required string Id { get; init; }

    /// <summary>When it happened, when that is not now.</summary>
    public DateTimeOffset? OccurredAt { get; init; }

    /// <summary>A registered action, such as <c>order.refund</c>.</summary>
    public required string Action { get; init; }

    public required ReportedAuditResource Resource { get; init; }

    /// <summary>Who did it; the caller when it is left out.</summary>
    public ReportedAuditActor? Actor { get; init; }

    public ReportedAuditActor? OnBehalfOf { get; init; }

    /// <summary><c>succeeded</c> (default), <c>failed</c> or <c>denied</c>.</summary>
    public string? Outcome { get; init; }

    public string? PolicyId { get; init; }

    public string? DecisionId { get; init; }

    public IReadOnlyList<string>? Reasons { get; init; }

    public string? RequestId { get; init; }

    /// <summary>32 hexadecimal digits.</summary>
    public string? TraceId { get; init; }

    /// <summary>What it came through, such as <c>sdk</c> or <c>runner</c>; default <c>api</c>.</summary>
    public string? Source { get; init; }

    /// <summary>One sentence for people; made from the rest when it is left out.</summary>
    public string? Message { get; init; }

    /// <summary>The resource before.</summary>
    public JsonElement? Before { get; init; }

    /// <summary>The resource after.</summary>
    public JsonElement? After { get; init; }

    /// <summary>Further members: an object.</summary>
    public JsonElement? Data { get; init; }
}

/// <summary>Who did what was reported.</summary>
internal sealed record ReportedAuditActor
{
    /// <summary><c>user</c>, <c>external-user</c>, <c>token</c>, <c>agent</c>, <c>job</c>, <c>service</c> or <c>system</c>.</summary>
    public required string Kind { get; init; }

    public required string Id { get; init; }

    /// <summary>The id when it is left out.</summary>
    public string? Name { get; init; }
}

/// <summary>What something reported was done to.</summary>
internal sealed record ReportedAuditResource
{
    /// <summary>A registered resource type, such as <c>order</c>.</summary>
    public required string Type { get; init; }

    public required string Id { get; init; }

    /// <summary>The id when it is left out.</summary>
    public string? Name { get; init; }

    public string? Path { get; init; }
}

/// <summary>What became of reported events; all of them are durable.</summary>
/// <param name="Accepted">Entered by this request.</param>
/// <param name="Duplicates">In the log before, and left as they were.</param>
/// <param name="Events">In the order of the request.</param>
internal sealed record AuditReportResult(int Accepted, int Duplicates, IReadOnlyList<AuditReportPlace> Events);

/// <summary>Where a reported event is in the log.</summary>
internal sealed record AuditReportPlace(string Id, long Sequence, bool Duplicate);
