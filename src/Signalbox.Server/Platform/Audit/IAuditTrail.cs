using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Platform.Audit;

/// <summary>Takes every write of the house into the audit log; the slice Audit implements it.</summary>
/// <remarks>Who asks and from where is read from <see cref="AuditScope.Current"/> at the call; an implementation tells that scope once the record is certain.</remarks>
internal interface IAuditTrail
{
    /// <summary>Records a write inside its own transaction: a mandatory event becomes durable with it or not at all; a standard one is queued after the commit.</summary>
    Task RecordAsync(ControlSession session, AuditEvent auditEvent);

    /// <summary>Queues a standard event; never waits, never throws for want of room.</summary>
    /// <exception cref="InvalidOperationException">The event is mandatory.</exception>
    void Record(AuditEvent auditEvent);

    /// <summary>Records a mandatory event that has no transaction of its own; returns once it is durable.</summary>
    /// <exception cref="ControlUnavailableException">It could not be recorded, so what it tells of must not happen.</exception>
    Task RecordAsync(AuditEvent auditEvent, CancellationToken cancellationToken);
}
