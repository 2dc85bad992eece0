using System.Text.Json.Nodes;
using Signalbox.Server.Identity.Access;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Identity.Sessions;

/// <summary>Lets a session show another tenant.</summary>
internal sealed class TenantChange(ControlDatabase database, IAuditTrail audit)
{
    /// <param name="tenant">One that the caller reaches.</param>
    public Task RunAsync(Actor actor, SessionKey key, string tenant, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            await SessionStore.ChooseTenantAsync(session, key.Hash, tenant);
            var user = new AuditResource(IdentityVocabulary.User, actor.Caller.Principal.Id, actor.Name);
            var change = actor.Event(IdentityVocabulary.SessionTenant, user).Changed(Shown(actor.Tenant), Shown(tenant));
            await audit.RecordAsync(session, change with { Tenant = actor.Caller.Home });
        },
        cancellationToken);

    private static JsonObject Shown(string tenant) => new() { ["tenant"] = tenant };
}
