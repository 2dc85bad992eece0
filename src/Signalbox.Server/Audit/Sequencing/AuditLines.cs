using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Redaction;

namespace Signalbox.Server.Audit.Sequencing;

/// <summary>Writes a line of the server's log for each event, for operators who read along.</summary>
/// <remarks>What the record may not hold the line may not either, wherever it is sent; so the objects are redacted while their members still have names.</remarks>
internal sealed partial class AuditLines(ServerRedactor redaction, ILogger<AuditLines> logger)
{
    public void Write(AuditEvent auditEvent, AuditScope? scope)
    {
        if (logger.IsEnabled(LogLevel.Information))
        {
            var outcome = OutcomeText(auditEvent.Outcome);
            var redactor = redaction.Get();
            var changes = ChangeText.Of(redactor.Redact(auditEvent.Before), redactor.Redact(auditEvent.After));
            var actor = auditEvent.Actor with { Name = redactor.Redact(auditEvent.Actor.Name) };
            var resource = auditEvent.Resource with { Name = redactor.Redact(auditEvent.Resource.Name) };
            Audited(auditEvent.Action, outcome, auditEvent.Tenant, actor, resource, scope?.Address ?? "–", changes);
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
