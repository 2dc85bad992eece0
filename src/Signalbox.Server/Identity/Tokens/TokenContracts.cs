using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Signalbox.Server.Identity.Access;

namespace Signalbox.Server.Identity.Tokens;

/// <summary>An API token as the API shows it.</summary>
internal sealed record ApiToken
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>The first characters of the token, to tell it by.</summary>
    public required string Prefix { get; init; }

    public required string Role { get; init; }

    /// <summary>What the token is narrowed to; null means everything its role allows.</summary>
    public required IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>The tenant that the token belongs to.</summary>
    public required string Tenant { get; init; }

    /// <summary>Every tenant that the token reaches by X-Scope-OrgID; "*" means all.</summary>
    public required IReadOnlyList<string> Tenants { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Name of the user or token that created it.</summary>
    public required string CreatedBy { get; init; }

    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>To the minute; null when it was never used.</summary>
    public required DateTimeOffset? LastUsedAt { get; init; }

    public required DateTimeOffset? RevokedAt { get; init; }

    public static ApiToken Of(TokenRow row) => new()
    {
        Id = row.Id,
        Name = row.Name,
        Prefix = row.Prefix,
        Role = row.Role,
        Scopes = row.Scopes?.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        Tenant = row.Tenant,
        Tenants = TenantSpan.FromColumn(row.Tenant, row.Tenants).Names,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAtMs),
        CreatedBy = row.CreatedBy,
        ExpiresAt = Instant(row.ExpiresAtMs),
        LastUsedAt = Instant(row.LastUsedAtMs),
        RevokedAt = Instant(row.RevokedAtMs),
    };

    /// <summary>As the audit log keeps it.</summary>
    public JsonNode? ToNode() => JsonSerializer.SerializeToNode(this, IdentityJson.Default.ApiToken);

    private static DateTimeOffset? Instant(long? milliseconds) => milliseconds is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;
}

/// <summary>One page of tokens, newest first.</summary>
internal sealed record ApiTokenList(IReadOnlyList<ApiToken> Items, string? Next);

/// <summary>Asks for a new token.</summary>
internal sealed record CreateApiToken
{
    public required string Name { get; init; }

    public required string Role { get; init; }

    /// <summary>Narrows the token; leave it out for everything the role allows.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>For example 90d, 12h or P90D.</summary>
    public string? ExpiresIn { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>For admins of the tenant default: further tenants that the token reaches, or "*" for all.</summary>
    public IReadOnlyList<string>? Tenants { get; init; }
}

/// <summary>A new token with its secret, which is shown this once.</summary>
internal sealed record CreatedApiToken(ApiToken Token, string Secret)
{
    // A record's text ends up in logs sooner or later; the secret must not.
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"CreatedApiToken {{ Id = {Token.Id} }}");
}
