using Signalbox.Server.Platform.Access;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Identity.Access;

/// <summary>Sees to it that nobody grants more than they hold: no higher role, no further scope, no other tenant, no longer life.</summary>
internal static class Grants
{
    private const string Code = "grant_exceeds_own";

    /// <summary>Why the caller may not issue such a token; null when it may.</summary>
    /// <param name="scopes">Null for everything the role allows, now and later.</param>
    public static Refusal? CheckToken(Caller caller, Role role, IReadOnlyCollection<string>? scopes, TenantSpan span, DateTimeOffset? expiresAt)
    {
        var principal = caller.Principal;
        if (CheckRole(principal, role) is { } tooHigh)
        {
            return tooHigh;
        }

        if (principal.Scopes is { } own)
        {
            if (scopes is null)
            {
                return Refusal.Forbidden(Code, $"{principal.Name} is narrowed to scopes, so what it creates must be too: name them in scopes.");
            }

            if (scopes.FirstOrDefault(scope => !own.Contains(scope)) is { } missing)
            {
                return Refusal.Forbidden(Code, $"{principal.Name} does not have the scope {missing} and cannot grant it.");
            }
        }

        if (caller.ExpiresAt is { } end && principal.Kind == PrincipalKind.Token && (expiresAt is null || expiresAt > end))
        {
            return Refusal.Forbidden(Code, $"{principal.Name} expires on {end.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z; what it creates must not live longer. Set expiresAt or expiresIn.");
        }

        return CheckSpan(caller, role, span);
    }

    /// <summary>Why the caller may not have a hand in such a user, who is never narrowed to scopes; null when it may.</summary>
    public static Refusal? CheckUser(Caller caller, Role role, TenantSpan span)
    {
        var principal = caller.Principal;
        if (CheckRole(principal, role) is { } tooHigh)
        {
            return tooHigh;
        }

        if (principal.Scopes is { } own && AccessTable.ScopesOf(role).FirstOrDefault(scope => !own.Contains(scope)) is { } missing)
        {
            return Refusal.Forbidden(Code, $"A user with the role {Roles.NameOf(role)} has the scope {missing}, which {principal.Name} does not have and cannot grant.");
        }

        return CheckSpan(caller, role, span);
    }

    private static Refusal? CheckRole(Principal principal, Role role) => role > principal.Role
        ? Refusal.Forbidden(Code, $"{principal.Name} has the role {Roles.NameOf(principal.Role)} and cannot grant {Roles.NameOf(role)}.")
        : null;

    private static Refusal? CheckSpan(Caller caller, Role role, TenantSpan span)
    {
        if (!span.IsWide)
        {
            return null;
        }

        if (caller.Principal.Tenant != Telemetry.TenantId.Default || role != Role.Admin)
        {
            return Refusal.Forbidden("span_not_allowed", "Only admins of the tenant default may reach more than one tenant.");
        }

        return caller.Span.Covers(span) ? null : Refusal.Forbidden(Code, $"{caller.Principal.Name} does not reach all of these tenants and cannot grant them.");
    }
}
