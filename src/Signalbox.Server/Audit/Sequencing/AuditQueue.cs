using System.Collections.Concurrent;

namespace Signalbox.Server.Audit.Sequencing;

/// <summary>Standard and reported events between whoever recorded them and the sequencer; bounded by their number and by their bytes.</summary>
/// <remarks>What was taken out still counts until it is released, because it still takes up memory. Thread-safe; one reader.</remarks>
internal sealed class AuditQueue(SequencingOptions options, TimeProvider clock)
{
    private readonly ConcurrentQueue<Submission> _items = new();
    private long _events;
    private long _bytes;
    private volatile bool _closed;

    /// <summary>Events that wait or are being written.</summary>
    public long Events => Interlocked.Read(ref _events);

    /// <summary>The bytes of <see cref="Events"/>.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    public bool IsClosed => _closed;

    /// <summary>There is something to write.</summary>
    public AuditSignal Some { get; } = new(clock);

    /// <summary>There is a whole batch, or somebody waits for an answer.</summary>
    public AuditSignal Enough { get; } = new(clock);

    /// <summary>Takes the submission, unless that would exceed a bound; never waits.</summary>
    public bool TryAdd(Submission submission)
    {
        var events = Interlocked.Add(ref _events, submission.Records.Count);
        var bytes = Interlocked.Add(ref _bytes, submission.Bytes);
        if (_closed || events > options.QueueEvents || bytes > options.QueueBytes)
        {
            Release(submission);
            return false;
        }

        _items.Enqueue(submission);
        Some.Set();
        if (submission.IsAwaited || events >= options.BatchEvents || bytes >= options.BatchBytes)
        {
            Enough.Set();
        }

        return true;
    }

    public bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Submission? submission) => _items.TryDequeue(out submission);

    /// <summary>Gives back the room of a submission that was taken out and is durable, or is lost.</summary>
    public void Release(Submission submission)
    {
        Interlocked.Add(ref _events, -submission.Records.Count);
        Interlocked.Add(ref _bytes, -submission.Bytes);
    }

    /// <summary>Takes nothing more.</summary>
    public void Close() => _closed = true;
}
