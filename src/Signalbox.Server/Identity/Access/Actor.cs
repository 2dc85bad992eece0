using Signalbox.Server.Platform.Audit;

namespace Signalbox.Server.Identity.Access;

/// <summary>Who asks a use case for something.</summary>
internal sealed record Actor(Caller Caller)
{
    public string Tenant => Caller.Principal.Tenant.Value;

    public string Name => Caller.Principal.Name;

    public static Actor Of(HttpContext context) => new(context.Caller());

    public AuditEvent Event(AuditAction action, AuditResource resource) => new(Tenant, AuditActor.Of(Caller.Principal), action, resource);
}
