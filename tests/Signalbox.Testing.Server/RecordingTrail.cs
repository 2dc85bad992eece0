using System.Collections.Concurrent;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Testing.Server;

/// <summary>An audit trail that keeps what it is given in memory, with the scope it was given in.</summary>
internal sealed class RecordingTrail : IAuditTrail
{
    private readonly ConcurrentQueue<(AuditEvent Event, AuditScope? Scope)> _records = new();

    public IReadOnlyList<(AuditEvent Event, AuditScope? Scope)> Records => [.. _records];

    public Task RecordAsync(ControlSession session, AuditEvent auditEvent)
    {
        var scope = AuditScope.Current;
        session.OnCommitted(() => Keep(auditEvent, scope));
        return Task.CompletedTask;
    }

    public void Record(AuditEvent auditEvent)
    {
        if (auditEvent.Class == AuditClass.Mandatory)
        {
            throw new InvalidOperationException($"{auditEvent.Action.Name} is mandatory.");
        }

        Keep(auditEvent, AuditScope.Current);
    }

    public Task RecordAsync(AuditEvent auditEvent, CancellationToken cancellationToken)
    {
        Keep(auditEvent, AuditScope.Current);
        return Task.CompletedTask;
    }

    public void Clear() => _records.Clear();

    private void Keep(AuditEvent auditEvent, AuditScope? scope)
    {
        _records.Enqueue((auditEvent, scope));
        scope?.Noted();
    }
}
