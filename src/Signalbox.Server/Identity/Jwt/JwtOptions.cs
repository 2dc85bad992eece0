using System.Net;
using Signalbox.Server.Platform.Access;
using Signalbox.Settings;

namespace Signalbox.Server.Identity.Jwt;

/// <summary>The identity provider whose tokens are accepted.</summary>
internal sealed record JwtOptions
{
    public required string Issuer { get; init; }

    public required string Audience { get; init; }

    /// <summary>Where the keys are: a JSON Web Key Set, or OpenID Connect metadata that names one.</summary>
    public required Uri Keys { get; init; }

    public required bool KeysAreMetadata { get; init; }

    /// <summary>Claim that names the tenant, or several; null when everybody belongs to <c>default</c>.</summary>
    public required string? TenantClaim { get; init; }

    /// <summary>Claim that names the role or groups; dots lead into objects.</summary>
    public required string RoleClaim { get; init; }

    /// <summary>Values of the role claim and the roles they mean; roles by their own names when it is empty.</summary>
    public required IReadOnlyDictionary<string, Role> RoleMap { get; init; }

    public required IReadOnlyList<string> Algorithms { get; init; }

    /// <summary>How far the clocks may differ.</summary>
    public required TimeSpan ClockSkew { get; init; }

    /// <returns>Null when no issuer is set.</returns>
    public static JwtOptions? Read(SettingsReader settings)
    {
        const string AudienceKey = "identity.jwt.audience";
        var issuer = settings.OptionalText("identity.jwt.issuer", "Issuer (iss) of the identity provider whose tokens are accepted; without it none are.");
        var audience = settings.OptionalText(AudienceKey, "Audience (aud) that its tokens must be for.");
        var jwks = settings.OptionalText("identity.jwt.jwks_url", "Address of its JSON Web Key Set; or set metadata_url.");
        var metadata = settings.OptionalText("identity.jwt.metadata_url", "Address of its OpenID Connect metadata (…/.well-known/openid-configuration); or set jwks_url.");
        var tenantClaim = settings.OptionalText("identity.jwt.tenant_claim", "Claim that names the user's tenant, or a list of them; without it everybody belongs to default.");
        var roleClaim = settings.Text("identity.jwt.role_claim", "roles", "Claim that names the user's role or groups; dots lead into objects, as in realm_access.roles.");
        var roleMap = ReadRoleMap(settings);
        var algorithms = ReadAlgorithms(settings);
        var skew = settings.Duration("identity.jwt.clock_skew", TimeSpan.FromMinutes(1), TimeSpan.Zero, TimeSpan.FromMinutes(10), "How far the identity provider's clock may differ.");
        if (issuer is null)
        {
            return null;
        }

        if (audience is null)
        {
            settings.Fail(AudienceKey, "identity.jwt.issuer needs an audience too: a token made for another program must not open this one.");
        }

        var keys = ReadKeys(settings, jwks, metadata);
        return audience is null || keys is null ? null : new JwtOptions
        {
            Issuer = issuer,
            Audience = audience,
            Keys = keys,
            KeysAreMetadata = metadata is not null,
            TenantClaim = tenantClaim,
            RoleClaim = roleClaim,
            RoleMap = roleMap,
            Algorithms = algorithms,
            ClockSkew = skew,
        };
    }

    private static Uri? ReadKeys(SettingsReader settings, string? jwks, string? metadata)
    {
        const string Key = "identity.jwt.jwks_url";
        if (jwks is null == metadata is null)
        {
            settings.Fail(Key, "identity.jwt.issuer needs exactly one of jwks_url and metadata_url.");
            return null;
        }

        if (Uri.TryCreate(jwks ?? metadata, UriKind.Absolute, out var uri) && (uri.Scheme == "https" || (uri.Scheme == "http" && IsLoopback(uri))))
        {
            return uri;
        }

        settings.Fail(jwks is null ? "identity.jwt.metadata_url" : Key, $"'{jwks ?? metadata}' is not allowed; write an https address (http only on loopback): whoever can change the keys can sign in as anybody.");
        return null;
    }

    private static bool IsLoopback(Uri uri) => uri.Host == "localhost" || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    // Signatures with a shared secret and "none" are not on offer: the first would make the public key a password, the second needs none.
    private static IReadOnlyList<string> ReadAlgorithms(SettingsReader settings)
    {
        const string Key = "identity.jwt.algorithms";
        string[] allowed = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];
        var named = settings.List(Key, $"Signature algorithms that are accepted, of {string.Join(", ", allowed)} (default: all of them).");
        foreach (var unknown in named.Except(allowed, StringComparer.Ordinal))
        {
            settings.Fail(Key, $"'{unknown}' is not allowed; write some of {string.Join(", ", allowed)}.");
        }

        return named.Count == 0 ? allowed : named;
    }

    private static Dictionary<string, Role> ReadRoleMap(SettingsReader settings)
    {
        const string Key = "identity.jwt.role_map";
        var map = new Dictionary<string, Role>(StringComparer.Ordinal);
        var node = settings.Structure(Key, "Which values of the role claim mean which role, for example {sre: admin, dev: operator}; without it the claim holds our own role names.");
        if (node is null)
        {
            return map;
        }

        if (node is not MapNode entries)
        {
            settings.Fail(node, Key, $"This must be a mapping of claim values to roles, not {node.Kind}.");
            return map;
        }

        foreach (var (name, value) in entries.Entries)
        {
            if (name.Text is { } claim && value is ScalarNode { Text: var text } && Roles.TryParse(text, out var role))
            {
                map[claim] = role;
            }
            else
            {
                settings.Fail(value, Key, $"'{name.Text}' must be given one of the roles {string.Join(", ", Roles.All)}.");
            }
        }

        return map;
    }
}
