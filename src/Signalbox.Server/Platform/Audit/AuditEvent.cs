using Signalbox.Server.Platform.Access;

namespace Signalbox.Server.Platform.Audit;

/// <summary>One thing that somebody did, or was refused.</summary>
/// <param name="Tenant">Name of the tenant whose record this is.</param>
/// <param name="Action">Noun and verb, such as <c>token.create</c>.</param>
internal sealed record AuditEvent(string Tenant, AuditActor Actor, string Action, AuditResource Resource)
{
    public AuditOutcome Outcome { get; init; } = AuditOutcome.Success;

    /// <summary>What changed; never a secret.</summary>
    public IReadOnlyList<AuditChange> Changes { get; init; } = [];

    /// <summary>Where the request came from; null when there was none.</summary>
    public string? Address { get; init; }
}

/// <summary>Who did it.</summary>
internal sealed record AuditActor(PrincipalKind Kind, string Id, string Name)
{
    public static AuditActor System { get; } = new(PrincipalKind.System, "system", "Signalbox");

    public static AuditActor Of(Principal principal) => new(principal.Kind, principal.Id, principal.Name);

    public override string ToString() => Kind == PrincipalKind.System ? Name : $"{(Kind == PrincipalKind.Token ? "token" : "user")} {Name} ({Id})";
}

/// <summary>What it was done to.</summary>
internal sealed record AuditResource(string Type, string Id, string Name)
{
    public override string ToString() => $"{Type} {Name} ({Id})";
}

/// <summary>One member of the resource, before and after; null where there was or is nothing.</summary>
internal sealed record AuditChange(string Member, string? Before, string? After);

/// <summary>How it ended.</summary>
internal enum AuditOutcome
{
    Success,
    Denied,
}
