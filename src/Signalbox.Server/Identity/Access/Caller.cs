using Signalbox.Server.Platform.Access;

namespace Signalbox.Server.Identity.Access;

/// <summary>Everything that this slice knows about who calls; other slices see the <see cref="Platform.Access.Principal"/> only.</summary>
/// <param name="Home">Name of the tenant that the token or user belongs to; the principal's tenant is the one chosen for this request.</param>
/// <param name="ExpiresAt">When the credential ends; null when it does not.</param>
internal sealed record Caller(Principal Principal, string Home, TenantSpan Span, DateTimeOffset? ExpiresAt)
{
    /// <summary>The console session of this request; null for tokens.</summary>
    public SessionKey? Session { get; init; }
}

/// <summary>Names one console session.</summary>
/// <param name="Hash">As stored.</param>
/// <param name="CsrfToken">What unsafe requests of this session must carry.</param>
internal sealed record SessionKey(SecretHash Hash, string CsrfToken);

/// <summary>Hands the caller to the endpoints of this slice.</summary>
internal static class CallerFeature
{
    /// <exception cref="InvalidOperationException">The endpoint is open to everybody and asked all the same.</exception>
    public static Caller Caller(this HttpContext context) =>
        context.Features.Get<Caller>() ?? throw new InvalidOperationException("This request has no caller.");
}
