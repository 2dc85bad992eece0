using Signalbox.Server.Audit.Records;
using Signalbox.Server.Audit.Storage;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Audit.Sequencing;

/// <summary>Takes every write into the log: mandatory ones by way of the outbox in the caller's transaction, standard ones by way of the queue.</summary>
/// <remarks>Records are made at the call, on the caller's thread: what happens to its objects afterwards is not recorded. Thread-safe.</remarks>
internal sealed class AuditTrail(RecordWriter writer, ControlDatabase control, Outbox outbox, AuditQueue queue, Intake intake, AuditLines lines) : IAuditTrail
{
    public async Task RecordAsync(ControlSession session, AuditEvent auditEvent)
    {
        var scope = AuditScope.Current;
        if (auditEvent.Class == AuditClass.Standard)
        {
            var made = TryPrepare(auditEvent, scope);
            session.OnCommitted(() => Queue(auditEvent, made, scope));
            return;
        }

        // Whatever goes wrong here fails the caller's transaction, as it must.
        await OutboxRows.AddAsync(session, writer.Prepare(auditEvent, scope));
        session.OnCommitted(() => InOutbox(auditEvent, scope));
    }

    public void Record(AuditEvent auditEvent)
    {
        if (auditEvent.Class == AuditClass.Mandatory)
        {
            throw new InvalidOperationException($"{auditEvent.Action.Name} is mandatory: it must be recorded in a transaction, or be waited for.");
        }

        var scope = AuditScope.Current;
        Queue(auditEvent, TryPrepare(auditEvent, scope), scope);
    }

    public Task RecordAsync(AuditEvent auditEvent, CancellationToken cancellationToken) => control.WriteAsync(session => RecordAsync(session, auditEvent), cancellationToken);

    /// <inheritdoc cref="Intake.AppendAsync"/>
    public Task<AppendResult> AppendAsync(IReadOnlyList<PreparedRecord> records, CancellationToken cancellationToken) => intake.AppendAsync(records, cancellationToken);

    private PreparedRecord? TryPrepare(AuditEvent auditEvent, AuditScope? scope)
    {
        try
        {
            return writer.Prepare(auditEvent, scope);
        }
        catch (Exception exception)
        {
            // The deed stands whatever is wrong with its record, and a gap record says that one is missing.
            lines.NotMade(exception, auditEvent);
            return null;
        }
    }

    private void Queue(AuditEvent auditEvent, PreparedRecord? record, AuditScope? scope)
    {
        if (record is null)
        {
            intake.Lose(auditEvent.Tenant);
        }
        else
        {
            intake.Add(record);
        }

        lines.Write(auditEvent, scope);
        scope?.Noted();
    }

    private void InOutbox(AuditEvent auditEvent, AuditScope? scope)
    {
        outbox.Added();
        queue.Some.Set();
        lines.Write(auditEvent, scope);
        scope?.Noted();
    }
}
