using Signalbox.Server.Identity.Jwt;
using Signalbox.Settings;

namespace Signalbox.Server.Identity;

/// <summary>The bounds and periods of this slice.</summary>
internal sealed record IdentityOptions
{
    /// <summary>Tokens kept in memory so that most requests ask no database.</summary>
    public required int TokenCache { get; init; }

    public required int TokensPerTenant { get; init; }

    public required int UsersPerTenant { get; init; }

    public required int Tenants { get; init; }

    public required SessionOptions Sessions { get; init; }

    public required SignInOptions SignIn { get; init; }

    /// <summary>Null when no identity provider is set up.</summary>
    public required JwtOptions? Jwt { get; init; }

    public static IdentityOptions Read(SettingsReader settings) => new()
    {
        TokenCache = (int)settings.Integer("identity.token_cache", 10_000, 1, 10_000_000, "API tokens kept in memory."),
        TokensPerTenant = (int)settings.Integer("identity.tokens_per_tenant", 10_000, 1, 10_000_000, "Most API tokens of one tenant, revoked ones not counted."),
        UsersPerTenant = (int)settings.Integer("identity.users_per_tenant", 1000, 1, 1_000_000, "Most users of one tenant."),
        Tenants = (int)settings.Integer("identity.tenants", 1000, 1, 100_000, "Most tenants."),
        Sessions = SessionOptions.Read(settings),
        SignIn = SignInOptions.Read(settings),
        Jwt = JwtOptions.Read(settings),
    };
}

/// <summary>How long console sessions live, and how their cookie is set.</summary>
/// <param name="Idle">A session ends after so long without a request.</param>
/// <param name="Longest">A session ends after so long whatever happens.</param>
/// <param name="PerUser">Opening one more ends the user's oldest.</param>
/// <param name="Cookie"><c>auto</c> marks it Secure except on a loopback address over http.</param>
internal sealed record SessionOptions(TimeSpan Idle, TimeSpan Longest, int PerUser, string Cookie)
{
    public static SessionOptions Read(SettingsReader settings) => new(
        settings.Duration("identity.session.idle", TimeSpan.FromHours(12), TimeSpan.FromMinutes(5), TimeSpan.FromDays(90), "A console session ends after so long without a request."),
        settings.Duration("identity.session.longest", TimeSpan.FromDays(7), TimeSpan.FromMinutes(5), TimeSpan.FromDays(365), "A console session ends after so long whatever happens."),
        (int)settings.Integer("identity.session.per_user", 20, 1, 1000, "Console sessions of one user; opening one more ends the one unused longest."),
        settings.Choice(
            "identity.session.secure_cookie",
            "auto",
            "Whether browsers send the session only over https: auto is always, except on a loopback address over http. Never is for trusted networks without https.",
            "auto",
            "always",
            "never"));
}

/// <summary>How signing in is made slow for those who guess.</summary>
/// <param name="Iterations">Rounds of PBKDF2-HMAC-SHA256; stored passwords with fewer are hashed anew when their user signs in.</param>
/// <param name="Parallel">Passwords checked at the same time; each keeps one processor busy for a few tenths of a second.</param>
/// <param name="Waiting">Checks that may wait for one of those.</param>
/// <param name="LinkLife">How long a one-time link works.</param>
/// <param name="TableSize">Names and addresses whose failures are remembered.</param>
internal sealed record SignInOptions(int Iterations, int Parallel, int Waiting, TimeSpan LinkLife, int TableSize)
{
    public static SignInOptions Read(SettingsReader settings) => new(
        (int)settings.Integer("identity.password.iterations", 600_000, 600_000, 100_000_000, "Rounds of PBKDF2-HMAC-SHA256 for passwords."),
        (int)settings.Integer("identity.password.parallel", 2, 1, 256, "Passwords checked at the same time."),
        (int)settings.Integer("identity.password.waiting", 64, 1, 10_000, "Password checks that may wait; more are told to come back."),
        settings.Duration("identity.sign_in.link_life", TimeSpan.FromHours(1), TimeSpan.FromMinutes(1), TimeSpan.FromDays(7), "How long a one-time sign-in link works."),
        (int)settings.Integer("identity.sign_in.table_size", 10_000, 100, 10_000_000, "Names and addresses whose failed sign-ins are remembered."));
}
