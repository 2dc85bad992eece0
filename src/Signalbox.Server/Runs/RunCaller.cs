using Signalbox.Server.Platform.Access;
using Signalbox.Server.Platform.Audit;

namespace Signalbox.Server.Runs;

/// <summary>Who reports or deletes runs, and in which tenant.</summary>
internal sealed record RunCaller(AuditActor Who, string Tenant)
{
    public static RunCaller Of(HttpContext context)
    {
        var principal = context.Principal();
        return new RunCaller(AuditActor.Of(principal), principal.Tenant.Value);
    }

    public AuditEvent Event(AuditAction action, string runId) => new(Tenant, Who, action, new AuditResource(RunsVocabulary.Run, runId, string.Empty));
}
