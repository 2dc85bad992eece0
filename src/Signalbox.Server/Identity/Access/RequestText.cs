using System.Globalization;
using Signalbox.Server.Identity.Tenants;
using Signalbox.Server.Platform.Access;
using Signalbox.Server.Platform.Http;
using Signalbox.Settings;

namespace Signalbox.Server.Identity.Access;

/// <summary>Reads the members that several requests of this slice share, each with one sentence on what is allowed.</summary>
internal static class RequestText
{
    public const int LongestName = 100;

    public static Refusal? CheckName(string member, string name) =>
        name.Length is 0 or > LongestName || name.Trim().Length != name.Length || name.Any(char.IsControl)
            ? Refusal.Invalid(member, string.Create(CultureInfo.InvariantCulture, $"{member} must have 1 to {LongestName} characters, no control characters, and no blanks at its ends."))
            : null;

    public static Refusal? CheckRole(string text, out Role role) => Roles.TryParse(text, out role)
        ? null
        : Refusal.Invalid("role", $"'{text}' is not a role; allowed are {string.Join(", ", Roles.All)}.");

    public static Refusal? CheckScopes(IReadOnlyList<string>? scopes) => scopes switch
    {
        null => null,
        _ when scopes.Any(static scope => scope is null) => Refusal.Invalid("scopes", "scopes must hold texts only, not null."),
        [] => Refusal.Invalid("scopes", "scopes must name at least one scope; leave it out for everything the role allows."),
        _ when scopes.FirstOrDefault(static scope => !Scopes.Exists(scope)) is { } unknown => Refusal.Invalid("scopes", $"'{unknown}' is not a scope; GET /api/v1/scopes lists them."),
        _ => null,
    };

    public static Refusal? CheckTenants(IReadOnlyList<string>? names, TenantDirectory tenants) =>
        names?.Any(static name => name is null) == true
            ? Refusal.Invalid("tenants", "tenants must hold texts only, not null.")
        : names?.FirstOrDefault(name => name != TenantSpan.Everything && !tenants.Exists(name)) is { } unknown
            ? Refusal.Invalid("tenants", $"'{unknown}' is not a tenant; name tenants that exist, or \"*\" for all.")
            : null;

    /// <summary>Reads an end that is given as a point in time or as a duration from now.</summary>
    public static Refusal? CheckExpiry(string? expiresIn, DateTimeOffset? expiresAt, DateTimeOffset now, out DateTimeOffset? expiry)
    {
        expiry = expiresAt;
        if (expiresIn is not null && expiresAt is not null)
        {
            return Refusal.Invalid("expiresIn", "Give expiresIn or expiresAt, not both.");
        }

        if (expiresIn is not null)
        {
            if (!DurationText.TryParseWire(expiresIn, out var duration) || duration > TimeSpan.FromDays(36_500))
            {
                return Refusal.Invalid("expiresIn", $"'{expiresIn}' is not a duration up to 36500d; write for example 90d, 12h or P90D.");
            }

            expiry = now + duration;
        }

        return expiry <= now ? Refusal.Invalid(expiresIn is null ? "expiresAt" : "expiresIn", "The expiry must lie in the future.") : null;
    }
}
