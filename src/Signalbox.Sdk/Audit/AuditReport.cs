namespace Signalbox.Sdk.Audit;

/// <summary>Counts what became of events and tells the application.</summary>
internal sealed class AuditReport(Action<AuditFailure>? onFailure)
{
    private long _sent;
    private long _failed;
    private string? _lastError;

    public long SentCount => Interlocked.Read(ref _sent);

    public long FailedCount => Interlocked.Read(ref _failed);

    public string? LastError => Volatile.Read(ref _lastError);

    public void Sent(int count)
    {
        Interlocked.Add(ref _sent, count);
        Volatile.Write(ref _lastError, null);
        AuditClientMeter.Sent(count);
    }

    public void Failed(PreparedEntry entry, AuditFailureReason reason, string detail) => Failed(new AuditFailure(entry.Id, reason, entry.Json, detail));

    public void Unreadable(string place, ReadOnlyMemory<byte> line) => Failed(new AuditFailure(place, AuditFailureReason.Unwritable, line, "The line of the spool is no event."));

    public void Failed(AuditFailure failure)
    {
        Interlocked.Increment(ref _failed);
        AuditClientMeter.Dropped(failure.Reason);
        try
        {
            onFailure?.Invoke(failure);
        }
        catch (Exception exception)
        {
            // The application's callback must not stop other events; what it threw stays visible.
            Error(exception);
        }
    }

    public void Retried(string detail)
    {
        Volatile.Write(ref _lastError, detail);
        AuditClientMeter.Retried();
    }

    public void Error(Exception exception)
    {
        Volatile.Write(ref _lastError, exception.Message);
        AuditClientMeter.Error();
    }
}
