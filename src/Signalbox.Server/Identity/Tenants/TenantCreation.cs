using Signalbox.Server.Identity.Access;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Http;
using Signalbox.Telemetry;

namespace Signalbox.Server.Identity.Tenants;

/// <summary>Creates tenants, for those who reach all of them.</summary>
internal sealed class TenantCreation(ControlDatabase database, IdentityRules rules, TenantDirectory tenants, IAuditTrail audit)
{
    public async Task<Outcome<Tenant>> RunAsync(Actor actor, CreateTenant request, CancellationToken cancellationToken)
    {
        var displayName = request.DisplayName ?? request.Name;
        if (!TenantId.IsValid(request.Name))
        {
            return Refusal.Invalid("name", "A tenant's name has 1 to 63 characters of a–z, 0–9 and '-', and starts with a letter.");
        }

        if (RequestText.CheckName("displayName", displayName) is { } refusal)
        {
            return refusal;
        }

        if (!actor.Caller.Span.All)
        {
            return Refusal.Forbidden("all_tenants_needed", $"Only those who reach all tenants may create one; {actor.Name} does not.");
        }

        var row = new TenantRow { Name = request.Name, DisplayName = displayName, CreatedAtMs = rules.Clock.GetUtcNow().ToUnixTimeMilliseconds() };
        return await database.WriteAsync(session => InsertAsync(session, actor, row), cancellationToken);
    }

    private async Task<Outcome<Tenant>> InsertAsync(ControlSession session, Actor actor, TenantRow row)
    {
        await TenantStore.TakeAsync(session, TenantId.Default.Value);
        var existing = await TenantStore.ListAsync(session);
        if (existing.Any(tenant => tenant.Name == row.Name))
        {
            return Refusal.Conflict("tenant_exists", $"There is a tenant named {row.Name} already.");
        }

        if (existing.Count >= rules.Options.Tenants)
        {
            return rules.LimitReached("identity.tenants", "too_many_tenants", "There are as many tenants as identity.tenants allows.");
        }

        await TenantStore.InsertAsync(session, row);
        var tenant = Tenant.Of(row);
        await audit.RecordAsync(session, actor.Event(IdentityVocabulary.TenantCreate, new AuditResource(IdentityVocabulary.Tenant, row.Name, row.DisplayName)).Changed(before: null, tenant.ToNode()));
        session.OnCommitted(() => tenants.Add(row));
        return tenant;
    }
}
