namespace Signalbox.Sdk.Audit;

/// <summary>Events that wait in memory, bounded by count and bytes.</summary>
internal sealed class AuditQueue(AuditClientOptions options)
{
    private readonly Lock _gate = new();
    private readonly Queue<PreparedEntry> _entries = new();
    private long _bytes;
    private bool _closed;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _entries.Count;
            }
        }
    }

    /// <returns>Null when it was taken; otherwise why it was not.</returns>
    public AuditFailureReason? TryAdd(PreparedEntry entry)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return AuditFailureReason.Closed;
            }

            if (_entries.Count >= options.MaxQueuedEvents || _bytes + entry.Json.Length > options.MaxQueuedBytes)
            {
                return AuditFailureReason.Overflow;
            }

            _entries.Enqueue(entry);
            _bytes += entry.Json.Length;
            return null;
        }
    }

    /// <summary>Takes nothing any more.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
        }
    }

    /// <returns>The oldest events, which stay, as many as go into one request.</returns>
    public List<PreparedEntry> Peek(long maxBytes)
    {
        lock (_gate)
        {
            var (batch, bytes) = (new List<PreparedEntry>(), 0L);
            foreach (var entry in _entries)
            {
                bytes += entry.Json.Length;
                if (batch.Count == options.BatchSize || (batch.Count > 0 && bytes > maxBytes))
                {
                    break;
                }

                batch.Add(entry);
            }

            return batch;
        }
    }

    /// <summary>Forgets the oldest events.</summary>
    public void Remove(int count)
    {
        lock (_gate)
        {
            for (; count > 0; count--)
            {
                _bytes -= _entries.Dequeue().Json.Length;
            }
        }
    }
}
