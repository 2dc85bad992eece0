using Signalbox.Server.Identity.Access;
using Signalbox.Server.Identity.Tenants;
using Signalbox.Server.Identity.Users;
using Signalbox.Server.Platform;
using Signalbox.Server.Platform.Access;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Identity.Sessions;

/// <summary>Shows sessions as the API does.</summary>
internal sealed class SessionView(ControlDatabase database, TenantDirectory tenants)
{
    public SessionInfo Of(OpenedSession opened) => Show(
        new SessionUser(opened.User.Id, opened.User.Name, opened.User.Role, opened.User.MustSetPassword),
        opened.Tenant,
        TenantSpan.FromColumn(opened.User.Tenant, opened.User.Tenants),
        SessionSecret.KeyOf(opened.Secret).CsrfToken);

    public async Task<SessionInfo> OfAsync(Caller caller, SessionKey session, CancellationToken cancellationToken)
    {
        var user = await database.ReadAsync(reader => UserStore.FindAsync(reader, caller.Principal.Id), cancellationToken);
        var principal = caller.Principal;
        return Show(new SessionUser(principal.Id, principal.Name, Roles.NameOf(principal.Role), user?.MustSetPassword ?? false), principal.Tenant.Value, caller.Span, session.CsrfToken);
    }

    private SessionInfo Show(SessionUser user, string tenant, TenantSpan span, string csrfToken) => new()
    {
        User = user,
        Tenant = tenant,
        Tenants = [.. tenants.All.Where(row => span.Includes(row.Name)).Select(static row => new TenantName(row.Name, row.DisplayName))],
        CsrfToken = csrfToken,
        Version = ProductVersion.Text,
    };
}
