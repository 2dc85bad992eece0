namespace Signalbox.Server.Audit.Search;

/// <summary>The eras in memory, at most so many bytes of them: those that were not used for longest go first.</summary>
/// <remarks>Thread-safe. What went is read from the database by whoever needs it next.</remarks>
internal sealed class LogTails : IDisposable
{
    /// <summary>What a log takes beside its terms.</summary>
    private const int Overhead = 1024;

    private readonly SearchOptions _options;
    private readonly SearchMetrics _metrics;
    private readonly Lock _gate = new();
    private readonly Dictionary<int, LogTail> _tails = [];
    private long _clock;
    private long _bytes;

    public LogTails(SearchOptions options, SearchMetrics metrics)
    {
        _options = options;
        _metrics = metrics;
        metrics.ObserveMemory(() => Bytes);
    }

    public long Bytes => Interlocked.Read(ref _bytes);

    /// <returns>Null when nothing of this log is in memory.</returns>
    public LogTail? Find(int log)
    {
        lock (_gate)
        {
            if (_tails.TryGetValue(log, out var tail))
            {
                tail.LastUsed = ++_clock;
            }

            return tail;
        }
    }

    /// <summary>The log's tail, or one that starts with <paramref name="era"/>, which is empty as yet.</summary>
    public LogTail FindOrAdd(int log, long era)
    {
        lock (_gate)
        {
            if (!_tails.TryGetValue(log, out var tail))
            {
                _tails[log] = tail = new LogTail(EraView.Empty(era));
                _bytes += Overhead;
            }

            tail.LastUsed = ++_clock;
            return tail;
        }
    }

    /// <summary>Takes what is committed, if it goes further than what is here, and lets go of other logs where that is too much.</summary>
    public void Take(int log, EraView committed)
    {
        var tail = FindOrAdd(log, committed.Era);
        lock (_gate)
        {
            var there = tail.View;
            if (committed.Era < there.Era || (committed.Era == there.Era && committed.Count <= there.Count))
            {
                return;
            }

            tail.View = committed;
            _bytes += committed.Bytes - there.Bytes;
            if (_bytes > _options.MemoryBytes)
            {
                Trim(log);
            }
        }
    }

    /// <summary>Forgets a log, so that whoever needs it reads it again.</summary>
    public void Forget(int log)
    {
        lock (_gate)
        {
            if (_tails.Remove(log, out var tail))
            {
                _bytes -= tail.View.Bytes + Overhead;
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var tail in _tails.Values)
            {
                tail.Dispose();
            }

            _tails.Clear();
        }
    }

    /// <summary>Goes somewhat below the bound, so that not every record is followed by a search for whom to forget.</summary>
    private void Trim(int except)
    {
        var goal = _options.MemoryBytes / 10 * 9;
        foreach (var (log, _) in _tails.Where(pair => pair.Key != except).OrderBy(static pair => pair.Value.LastUsed).ToList())
        {
            if (_bytes <= goal)
            {
                return;
            }

            Forget(log);
            _metrics.Evicted();
        }
    }
}
