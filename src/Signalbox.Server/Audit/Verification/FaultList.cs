namespace Signalbox.Server.Audit.Verification;

/// <summary>Gathers what is wrong: all of it is counted, the first of it is kept.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class FaultList
{
    private const int Most = 100;

    private readonly SortedDictionary<(long Sequence, LogFaultKind Kind), LogFault> _faults = [];
    private readonly Lock _gate = new();
    private long _dropped;

    public long Count
    {
        get
        {
            lock (_gate)
            {
                return _faults.Count + _dropped;
            }
        }
    }

    public void Add(LogFault fault)
    {
        lock (_gate)
        {
            if (!_faults.TryAdd((fault.Sequence, fault.Kind), fault) || _faults.Count <= Most)
            {
                return;
            }

            _faults.Remove(_faults.Keys.Last());
            _dropped++;
        }
    }

    /// <summary>In order of sequence.</summary>
    public IReadOnlyList<LogFault> ToList()
    {
        lock (_gate)
        {
            return [.. _faults.Values];
        }
    }
}
