using Signalbox.Telemetry;

namespace Signalbox.Server.Platform.Access;

/// <summary>How a caller proved who it is.</summary>
internal enum PrincipalKind
{
    Token,
    User,
    ExternalUser,
    System,
}

/// <summary>What a caller may do at most; each role includes those before it.</summary>
internal enum Role
{
    Viewer = 1,
    Operator = 2,
    ReleaseManager = 3,
    Admin = 4,
}

/// <summary>The caller of a request, already bound to one tenant.</summary>
/// <param name="Id">The token's or user's id; stable across renames.</param>
/// <param name="Name">For people: a token's name or a user's.</param>
/// <param name="Tenant">The tenant that this request reads and writes.</param>
/// <param name="Scopes">What the caller may touch, such as <c>metrics:write</c>; null means everything its role allows.</param>
internal sealed record Principal(PrincipalKind Kind, string Id, string Name, TenantId Tenant, Role Role, IReadOnlySet<string>? Scopes)
{
    /// <summary>Belongs to the tenant <c>default</c>, whose people run the server: they alone are told of the server as a whole, whichever tenant they work in.</summary>
    public bool OwnsServer { get; init; }

    public bool May(Role role, string scope) => Role >= role && (Scopes is null || Scopes.Contains(scope));
}

/// <summary>Hands the request's caller to endpoints.</summary>
internal static class PrincipalFeature
{
    /// <summary>The caller; only endpoints that the access table opens to everybody may be without one.</summary>
    /// <exception cref="InvalidOperationException">The endpoint is open to everybody and asked all the same.</exception>
    public static Principal Principal(this HttpContext context) =>
        context.Features.Get<Principal>() ?? throw new InvalidOperationException("This request has no principal.");
}
