using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Platform.Audit;

/// <summary>Records to the server's log, after the commit.</summary>
internal sealed partial class LoggedAuditTrail(ILogger<LoggedAuditTrail> logger) : IAuditTrail
{
    public Task RecordAsync(ControlSession session, AuditEvent auditEvent)
    {
        var scope = AuditScope.Current;
        session.OnCommitted(() => Write(auditEvent, scope));
        return Task.CompletedTask;
    }

    public void Record(AuditEvent auditEvent)
    {
        if (auditEvent.Class == AuditClass.Mandatory)
        {
            throw new InvalidOperationException($"{auditEvent.Action.Name} is mandatory: it must be recorded in a transaction, or be waited for.");
        }

        Write(auditEvent, AuditScope.Current);
    }

    public Task RecordAsync(AuditEvent auditEvent, CancellationToken cancellationToken)
    {
        Write(auditEvent, AuditScope.Current);
        return Task.CompletedTask;
    }

    private void Write(AuditEvent auditEvent, AuditScope? scope)
    {
        if (logger.IsEnabled(LogLevel.Information))
        {
            var outcome = OutcomeText(auditEvent.Outcome);
            var changes = ChangeText.Of(auditEvent.Before, auditEvent.After);
            Audited(auditEvent.Action, outcome, auditEvent.Tenant, auditEvent.Actor, auditEvent.Resource, scope?.Address ?? "–", changes);
        }

        scope?.Noted();
    }

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
