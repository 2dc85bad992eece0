using Signalbox.Server.Platform.Access;

namespace Signalbox.Server.Identity.Access;

/// <summary>What an endpoint asks of its caller.</summary>
internal sealed record AccessRule
{
    private AccessRule(Role? role, string? scope)
    {
        Role = role;
        Scope = scope;
    }

    public static AccessRule Everybody { get; } = new(null, null);

    /// <summary>Any caller that is known, whatever it may do.</summary>
    public static AccessRule Known { get; } = new(Platform.Access.Role.Viewer, null);

    /// <summary>Null when the endpoint is open to everybody.</summary>
    public Role? Role { get; }

    /// <summary>Null when no scope is needed.</summary>
    public string? Scope { get; }

    /// <summary>Only those who run the server may call it, because it is about the server as a whole.</summary>
    public bool OwnersOnly { get; private init; }

    public bool IsOpen => Role is null;

    public static AccessRule Needs(Role role, string scope) => new(role, scope);

    public static AccessRule OwnersNeed(Role role, string scope) => new(role, scope) { OwnersOnly = true };

    public bool Admits(Principal principal) => (principal.OwnsServer || !OwnersOnly) && Allows(principal);

    private bool Allows(Principal principal) =>
        Role is not { } role || (Scope is null ? principal.Role >= role : principal.May(role, Scope));
}

/// <summary>One line of the access table.</summary>
/// <param name="Pattern">The route as mapped, with its parameters in braces.</param>
internal sealed record AccessRow(string Method, string Pattern, AccessRule Rule);
