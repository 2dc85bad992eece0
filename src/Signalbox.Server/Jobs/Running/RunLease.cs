namespace Signalbox.Server.Jobs.Running;

/// <summary>Until when a run may rely on being the only one of its execution; the engine moves the end on with every renewal. Thread-safe.</summary>
/// <param name="ends">Timestamp of the process's monotonic clock.</param>
internal sealed class RunLease(long ends, TimeProvider clock)
{
    private long _ends = ends;

    /// <summary>Raised after every renewal, on the renewing thread: it must not wait.</summary>
    public event Action? Renewed;

    /// <summary>Timestamp of the process's monotonic clock after which the lease may be somebody else's.</summary>
    public long Ends => Volatile.Read(ref _ends);

    /// <summary>Zero once it is over.</summary>
    public TimeSpan Remaining
    {
        get
        {
            var left = Ends - clock.GetTimestamp();
            return left > 0 ? TimeSpan.FromSeconds((double)left / clock.TimestampFrequency) : TimeSpan.Zero;
        }
    }

    public bool IsOver => Remaining == TimeSpan.Zero;

    /// <summary>An answer that comes late, after that of a later renewal, takes nothing away.</summary>
    public void Renew(long ends)
    {
        for (var known = Ends; known < ends; known = Ends)
        {
            if (Interlocked.CompareExchange(ref _ends, ends, known) == known)
            {
                Renewed?.Invoke();
                return;
            }
        }
    }
}
