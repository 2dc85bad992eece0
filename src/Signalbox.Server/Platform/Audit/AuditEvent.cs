using System.Text.Json.Nodes;

namespace Signalbox.Server.Platform.Audit;

/// <summary>One thing that somebody did, tried, or was refused.</summary>
/// <param name="Tenant">Name of the tenant whose log it enters.</param>
/// <remarks>Who asks and from where comes from the <see cref="AuditScope"/> in which it is recorded. Nothing of it may be changed once it was handed over.</remarks>
internal sealed record AuditEvent(string Tenant, AuditActor Actor, AuditAction Action, AuditResource Resource)
{
    /// <summary>The action's, unless a refusal that changed nothing makes it less.</summary>
    public AuditClass Class { get; init; } = Action.Class;

    public AuditOutcome Outcome { get; init; }

    /// <summary>The one for whom the actor acts; null when it acts for itself.</summary>
    public AuditActor? ActsFor { get; init; }

    /// <summary>The caller who reported what somebody else did; null for what the house did itself.</summary>
    public AuditActor? Reporter { get; init; }

    /// <summary>The object as it was; null when there was none, or when none is told.</summary>
    public JsonNode? Before { get; init; }

    /// <summary>The object as it is now; null when there is none, or when none is told.</summary>
    public JsonNode? After { get; init; }

    /// <summary>The rule that decided.</summary>
    public string? PolicyId { get; init; }

    public string? DecisionId { get; init; }

    /// <summary>Why, one sentence each.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>When the reporter says it happened; null when that is now.</summary>
    public DateTimeOffset? OccurredAt { get; init; }

    /// <summary>The sentence about it; null for the house's own.</summary>
    public string? Message { get; init; }

    /// <summary>Everything else worth knowing; null for nothing.</summary>
    public JsonObject? Data { get; init; }

    /// <summary>The id that the reporter gave it, by which it enters the log once; null for one of the house's.</summary>
    public string? Id { get; init; }

    /// <summary>Takes precedence over the scope's; null for that.</summary>
    public string? Source { get; init; }

    /// <inheritdoc cref="Source"/>
    public string? RequestId { get; init; }

    /// <inheritdoc cref="Source"/>
    public string? TraceId { get; init; }

    /// <summary>With the object as it was and as it is, both as the API shows them: never a secret.</summary>
    public AuditEvent Changed(JsonNode? before, JsonNode? after) => this with { Before = before, After = after };

    public AuditEvent Denied(string? policyId = null, params IReadOnlyList<string> reasons) => this with { Outcome = AuditOutcome.Denied, PolicyId = policyId ?? PolicyId, Reasons = [.. Reasons, .. reasons] };

    public AuditEvent Failed(string reason) => this with { Outcome = AuditOutcome.Failed, Reasons = [.. Reasons, reason] };

    public AuditEvent OnBehalfOf(AuditActor? actor) => this with { ActsFor = actor };

    public AuditEvent DecidedBy(string policyId, string? decisionId, params IReadOnlyList<string> reasons) => this with { PolicyId = policyId, DecisionId = decisionId, Reasons = [.. Reasons, .. reasons] };

    public AuditEvent At(DateTimeOffset occurredAt) => this with { OccurredAt = occurredAt };

    /// <summary>With one more thing worth knowing; a null value is left out.</summary>
    public AuditEvent With(string name, JsonNode? value)
    {
        if (value is null)
        {
            return this;
        }

        var data = Data?.DeepClone().AsObject() ?? [];
        data[name] = value;
        return this with { Data = data };
    }

    /// <summary>Of something that changed nothing, so that nothing needs to be undone when it cannot be recorded.</summary>
    public AuditEvent AsStandard() => this with { Class = AuditClass.Standard };
}
