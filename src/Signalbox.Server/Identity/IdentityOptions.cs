using Signalbox.Server.Platform.Settings;

namespace Signalbox.Server.Identity;

/// <summary>The bounds and periods of this slice.</summary>
internal sealed record IdentityOptions
{
    /// <summary>Tokens kept in memory so that most requests ask no database.</summary>
    public required int TokenCache { get; init; }

    public required int TokensPerTenant { get; init; }

    public static IdentityOptions Read(SettingsReader settings) => new()
    {
        TokenCache = (int)settings.Integer("identity.token_cache", 10_000, 1, 10_000_000, "API tokens kept in memory."),
        TokensPerTenant = (int)settings.Integer("identity.tokens_per_tenant", 10_000, 1, 10_000_000, "Most API tokens of one tenant, revoked ones not counted."),
    };
}
