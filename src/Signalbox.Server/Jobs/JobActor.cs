using Signalbox.Server.Platform.Access;
using Signalbox.Server.Platform.Audit;
using Signalbox.Telemetry;

namespace Signalbox.Server.Jobs;

/// <summary>Who asks the scheduler for something, in which tenant, and from where.</summary>
/// <param name="Address">Null when no request stands behind it.</param>
/// <param name="SeesSecrets">May see the values of headers and variables.</param>
internal sealed record JobActor(AuditActor Who, string Tenant, string? Address, bool SeesSecrets)
{
    public string Name => Who.Name;

    public static JobActor Of(HttpContext context)
    {
        var principal = context.Principal();
        return new JobActor(AuditActor.Of(principal), principal.Tenant.Value, context.Connection.RemoteIpAddress?.ToString(), principal.May(Role.Admin, Scopes.JobsAdmin));
    }

    /// <summary>The server itself, which applies <c>jobs/*.yaml</c>.</summary>
    public static JobActor Files(TenantId tenant) => new(AuditActor.System, tenant.Value, null, SeesSecrets: true);

    public AuditEvent Event(string action, AuditResource resource, params IReadOnlyList<AuditChange> changes) => new(Tenant, Who, action, resource) { Address = Address, Changes = changes };
}
