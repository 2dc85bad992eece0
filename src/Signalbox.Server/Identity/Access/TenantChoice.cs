using Signalbox.Server.Identity.Tenants;
using Signalbox.Telemetry;

namespace Signalbox.Server.Identity.Access;

/// <summary>Puts a request into the tenant that its <c>X-Scope-OrgID</c> names, when its caller reaches that tenant.</summary>
internal sealed class TenantChoice(TenantDirectory tenants)
{
    public const string Header = "X-Scope-OrgID";

    public Authentication Choose(HttpContext context, Authentication.Known known)
    {
        var header = context.Request.Headers[Header];
        if (header.Count == 0)
        {
            return known;
        }

        var name = header.ToString();
        var caller = known.Caller;
        if (name == caller.Principal.Tenant.Value)
        {
            return known;
        }

        // Whether the tenant exists is told only to those who would reach it.
        if (!caller.Span.Includes(name))
        {
            return Authentication.Forbidden("tenant_not_allowed", $"{Header} names a tenant that these credentials do not reach.");
        }

        return tenants.Exists(name)
            ? new Authentication.Known(caller with { Principal = caller.Principal with { Tenant = new TenantId(name) } })
            : Authentication.Forbidden("tenant_not_allowed", $"{Header} names a tenant that does not exist.");
    }
}
