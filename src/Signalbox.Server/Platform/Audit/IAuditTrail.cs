using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Platform.Audit;

/// <summary>Keeps the record of every write; the slice Audit implements it.</summary>
internal interface IAuditTrail
{
    /// <summary>Records a write inside its own transaction: both become durable, or neither.</summary>
    Task RecordAsync(ControlSession session, AuditEvent auditEvent);

    /// <summary>Records something that wrote nothing, such as a refusal.</summary>
    void Record(AuditEvent auditEvent);
}
