using Signalbox.Server.Platform.Access;
using Signalbox.Server.Platform.Audit;
using Signalbox.Telemetry;

namespace Signalbox.Server.Jobs;

/// <summary>Who asks the scheduler for something, and in which tenant.</summary>
/// <param name="SeesSecrets">May see the values of headers and variables.</param>
internal sealed record JobActor(AuditActor Who, string Tenant, bool SeesSecrets)
{
    public string Name => Who.Name;

    public static JobActor Of(HttpContext context)
    {
        var principal = context.Principal();
        return new JobActor(AuditActor.Of(principal), principal.Tenant.Value, principal.May(Role.Admin, Scopes.JobsAdmin));
    }

    /// <summary>The server itself, which applies <c>jobs/*.yaml</c>.</summary>
    public static JobActor Files(TenantId tenant) => new(AuditActor.System, tenant.Value, SeesSecrets: true);

    public AuditEvent Event(AuditAction action, AuditResource resource) => new(Tenant, Who, action, resource);
}
