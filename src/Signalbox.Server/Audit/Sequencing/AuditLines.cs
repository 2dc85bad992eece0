using Signalbox.Server.Platform.Audit;

namespace Signalbox.Server.Audit.Sequencing;

/// <summary>Writes a line of the server's log for each event, for operators who read along.</summary>
internal sealed partial class AuditLines(ILogger<AuditLines> logger)
{
    public void Write(AuditEvent auditEvent, AuditScope? scope)
    {
        if (logger.IsEnabled(LogLevel.Information))
        {
            var outcome = OutcomeText(auditEvent.Outcome);
            var changes = ChangeText.Of(auditEvent.Before, auditEvent.After);
            Audited(auditEvent.Action, outcome, auditEvent.Tenant, auditEvent.Actor, auditEvent.Resource, scope?.Address ?? "–", changes);
        }
    }

    public void NotMade(Exception exception, AuditEvent auditEvent) => logger.RecordNotMade(exception, auditEvent.Tenant, auditEvent.Action.Name);

    private static string OutcomeText(AuditOutcome outcome) => outcome switch
    {
        AuditOutcome.Succeeded => "done",
        AuditOutcome.Failed => "failed",
        _ => "denied",
    };

    [LoggerMessage(
        EventId = 1,
        EventName = "Audited",
        Level = LogLevel.Information,
        Message = "Audit: {Action} {Outcome} in tenant {Tenant} by {Actor} on {Resource} from {Address}: {Changes}")]
    private partial void Audited(AuditAction action, string outcome, string tenant, AuditActor actor, AuditResource resource, string address, string changes);
}
