using Signalbox.Server.Identity.Access;
using Signalbox.Server.Identity.Jwt;
using Signalbox.Server.Identity.Sessions;
using Signalbox.Server.Identity.Tenants;
using Signalbox.Server.Identity.Tokens;
using Signalbox.Server.Identity.Users;
using Signalbox.Server.Platform.Access;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Json;

namespace Signalbox.Server.Identity;

/// <summary>Who may do what: tenants, users, sessions, tokens, and the check of every request.</summary>
internal static class IdentityFeature
{
    public static void AddIdentity(this IServiceCollection services, IdentityOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<IMigrationSource, IdentityMigrations>();
        services.AddSingleton<IdentityMetrics>();
        services.AddSingleton<IAuditVocabulary, IdentityVocabulary>();
        services.AddSingleton<IdentityRules>();
        services.AddJson(IdentityJson.Default);

        services.AddSingleton<Authenticator>();
        services.AddSingleton<ICredentialCheck>(static provider => provider.GetRequiredService<Authenticator>());
        services.AddSingleton<TenantChoice>();
        services.AddSingleton<TenantDirectory>();
        services.AddSingleton<ITenantCount>(static provider => provider.GetRequiredService<TenantDirectory>());

        services.AddSingleton<TokenCache>();
        services.AddSingleton<TokenUse>();
        services.AddSingleton<TokenAuthenticator>();
        services.AddSingleton<TokenIssuer>();

        services.AddSingleton<PasswordDesk>();
        services.AddSingleton<SessionAuthenticator>();
        services.AddSingleton<SessionCookie>();
        services.AddSingleton<SessionIssuer>();
        services.AddSingleton<SessionView>();
        services.AddSingleton<SessionReply>();
        services.AddSingleton<SignInSlowdown>();
        services.AddSingleton<SignInLinks>();
        services.AddSingleton<PasswordSignIn>();
        services.AddSingleton<LinkSignIn>();
        services.AddSingleton<PasswordChange>();
        services.AddSingleton<TenantChange>();
        services.AddSingleton<StartLink>();

        services.AddSingleton<UserCreation>();
        services.AddSingleton<UserChange>();
        services.AddSingleton<UserRemoval>();
        services.AddSingleton<TenantCreation>();

        if (options.Jwt is { } jwt)
        {
            services.AddSingleton(jwt);
            services.AddSingleton<JwtKeys>();
            services.AddSingleton<JwtAuthenticator>();
        }

        services.AddSingleton<FirstStart>();
        services.AddHostedService<IdentityOpening>();
        services.AddHostedService<TenantRefresh>();
        services.AddHostedService<TokenUseWriter>();
        services.AddHostedService<EndedSessionSweeper>();
    }

    /// <summary>Checks every request against the access table; must come before any endpoint runs.</summary>
    public static void UseIdentity(this IApplicationBuilder application) => application.UseMiddleware<AccessMiddleware>();
}
