using System.Net;
using Signalbox.Server.Identity.Access;
using Signalbox.Server.Identity.Tenants;
using Signalbox.Server.Identity.Users;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Http;
using Signalbox.Telemetry;

namespace Signalbox.Server.Identity.Sessions;

/// <summary>Signs users in by name and password.</summary>
internal sealed class PasswordSignIn(ControlDatabase database, PasswordDesk passwords, SessionIssuer issuer, SignInSlowdown slowdown, TenantDirectory tenants, AuditSummaries audit)
{
    public async Task<Outcome<OpenedSession>> RunAsync(SignInRequest request, IPAddress? address, CancellationToken cancellationToken)
    {
        var tenant = request.Tenant ?? TenantId.Default.Value;
        var name = request.Name.Length <= RequestText.LongestName ? request.Name : request.Name[..RequestText.LongestName];

        // Somebody of the tenant default may be tried through any tenant, so each attempt counts against that name too; made-up tenants make no names of their own.
        var homeName = SlowName(TenantId.Default.Value, name);
        var askedName = tenants.Exists(tenant) ? SlowName(tenant, name) : homeName;
        if (slowdown.Begin(askedName, address, homeName) is { } wait)
        {
            return SignInRefusals.Slowed(wait);
        }

        if (!passwords.HasRoom)
        {
            return SignInRefusals.Slowed(TimeSpan.FromSeconds(1));
        }

        // Looking up and checking take as long for a name that nobody has.
        var user = await database.ReadAsync(session => FindAsync(session, tenant, name), cancellationToken);
        var password = request.Password.Length <= PasswordRules.Longest ? request.Password : string.Empty;
        var verdict = await passwords.VerifyAsync(user?.Password, password, cancellationToken);
        if (user is null || user.Disabled || verdict == PasswordVerdict.Wrong)
        {
            Refused(user, tenant, name, address);
            return SignInRefusals.Failed;
        }

        var stored = verdict == PasswordVerdict.RightButWeak ? await passwords.HashAsync(password, cancellationToken) : user.Password;
        var entered = TenantSpan.FromColumn(user.Tenant, user.Tenants).Includes(tenant) && tenants.Exists(tenant) ? tenant : user.Tenant;
        var opened = await database.WriteAsync<Outcome<OpenedSession>>(
            async session =>
            {
                // Between the check and now the user may have been disabled, or given another password.
                var current = await UserStore.TakeAsync(session, user.Id);
                return current is null || current.Disabled || current.Password != user.Password
                    ? SignInRefusals.Failed
                    : await issuer.OpenAsync(session, current with { Password = stored }, entered, "password");
            },
            cancellationToken);
        if (opened is Outcome<OpenedSession>.Done)
        {
            var own = SlowName(user.Tenant, name);
            slowdown.Succeeded(own, address, own == homeName ? askedName : homeName);
        }

        return opened;
    }

    private static string SlowName(string tenant, string name) => $"{tenant} {UserStore.KeyOf(name)}";

    /// <summary>A user of the named tenant, or one of the default tenant who reaches it.</summary>
    private static async Task<UserRow?> FindAsync(ControlSession session, string tenant, string name)
    {
        var own = await UserStore.FindByNameAsync(session, tenant, name);
        var spanning = await UserStore.FindByNameAsync(session, TenantId.Default.Value, name);
        return own ?? (spanning is not null && TenantSpan.FromColumn(spanning.Tenant, spanning.Tenants).Includes(tenant) ? spanning : null);
    }

    private void Refused(UserRow? user, string tenant, string name, IPAddress? address)
    {
        // A record of a name that does not exist goes to the default tenant: nobody else can be asked to look at it.
        var home = user?.Tenant ?? (tenants.Exists(tenant) ? tenant : TenantId.Default.Value);
        var actor = new AuditActor(AuditActor.User, user?.Id ?? AuditActor.Unknown.Id, name);
        var resource = new AuditResource(IdentityVocabulary.User, actor.Id, name);
        // Whoever guesses is told by the address, so that guessing cannot fill the log. Users who exist are told apart, so that trying somebody else first hides nothing;
        // how many of them one address can try is bounded by the slowdown.
        audit.Record($"@{AddressText.Subscriber(address)} {user?.Id}", new AuditEvent(home, actor, IdentityVocabulary.SessionCreate, resource).AsStandard().Denied(policyId: null, "The name or the password is wrong."));
    }
}
