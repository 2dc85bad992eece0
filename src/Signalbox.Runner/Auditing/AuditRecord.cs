namespace Signalbox.Runner.Auditing;

/// <summary>That somebody changed something, or was kept from it, or failed to. Every text in it has been redacted.</summary>
internal sealed record AuditRecord
{
    public const string Succeeded = "succeeded";
    public const string Failed = "failed";
    public const string Denied = "denied";

    /// <summary>What stands for a policy's id where none decided.</summary>
    public const string NoPolicy = "none";

    /// <summary>A UUID of version 8, the same whenever the record is made from the same facts.</summary>
    public required string Id { get; init; }

    /// <summary>When it was over.</summary>
    public required DateTimeOffset At { get; init; }

    public required string TraceId { get; init; }

    public required string SpanId { get; init; }

    /// <summary>Who set the run off, by the CI platform's name.</summary>
    public required string Actor { get; init; }

    /// <summary>For people; absent when it is the same.</summary>
    public string? ActorName { get; init; }

    /// <summary>The program that acted for the actor; absent for a plain command.</summary>
    public string? Agent { get; init; }

    public required string Action { get; init; }

    public required string Resource { get; init; }

    public required string ResourceType { get; init; }

    /// <summary>The rule that decided; <c>none</c> where no policy did.</summary>
    public required string PolicyId { get; init; }

    public string? DecisionId { get; init; }

    /// <summary>Revisions of the bundles that the policy server decided by, <c>name=revision</c>.</summary>
    public IReadOnlyList<string> Bundles { get; init; } = [];

    /// <summary><c>succeeded</c>, <c>failed</c> or <c>denied</c>.</summary>
    public required string Outcome { get; init; }

    public IReadOnlyList<string> Reasons { get; init; } = [];

    public string? Tool { get; init; }

    public string? ToolUseId { get; init; }

    public string? SessionId { get; init; }

    public long? LinesAdded { get; init; }

    public long? LinesRemoved { get; init; }

    public long? Bytes { get; init; }

    /// <summary>Whether an event of the agent tells of it; false for a change that was only found in the work tree.</summary>
    public required bool Attributed { get; init; }

    /// <summary>Calls that ran and may have made a change that no event tells of.</summary>
    public IReadOnlyList<string> Candidates { get; init; } = [];

    public required string RunId { get; init; }

    public required string Platform { get; init; }

    public string? Repository { get; init; }

    public string? Commit { get; init; }

    public string? Branch { get; init; }
}
