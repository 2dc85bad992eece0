using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Platform.Audit;

/// <summary>Records to the server's log, after the commit.</summary>
internal sealed partial class LoggedAuditTrail(ILogger<LoggedAuditTrail> logger) : IAuditTrail
{
    public Task RecordAsync(ControlSession session, AuditEvent auditEvent)
    {
        session.OnCommitted(() => Record(auditEvent));
        return Task.CompletedTask;
    }

    public void Record(AuditEvent auditEvent)
    {
        // A missing value reads as a dash, so that the line keeps its shape.
        var changes = string.Join(", ", auditEvent.Changes.Select(static change => $"{change.Member}: {change.Before ?? "–"} → {change.After ?? "–"}"));
        Audited(auditEvent.Action, auditEvent.Outcome == AuditOutcome.Success ? "done" : "denied", auditEvent.Tenant, auditEvent.Actor, auditEvent.Resource, auditEvent.Address ?? "–", changes);
    }

    [LoggerMessage(
        EventId = 1,
        EventName = "Audited",
        Level = LogLevel.Information,
        Message = "Audit: {Action} {Outcome} in tenant {Tenant} by {Actor} on {Resource} from {Address}: {Changes}")]
    private partial void Audited(string action, string outcome, string tenant, AuditActor actor, AuditResource resource, string address, string changes);
}
