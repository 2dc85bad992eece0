using Signalbox.Server.Jobs.Engine.Catalogue;
using Signalbox.Server.Jobs.Engine.Claims;
using Signalbox.Server.Jobs.Running;

namespace Signalbox.Server.Jobs.Engine.Runs;

/// <summary>An execution that this process claimed, until its end is in the database. Thread-safe.</summary>
internal sealed class LocalRun : IDisposable
{
    private int _ended;
    private int _taken;
    private string? _cancelReason;

    public LocalRun(ClaimedRun claim, EngineJob? job, RunLease lease)
    {
        Claim = claim;
        Job = job;
        Lease = lease;
    }

    public ClaimedRun Claim { get; }

    /// <summary>Null when the job is gone or cannot be read.</summary>
    public EngineJob? Job { get; }

    public RunStop Stop { get; } = new();

    public RunLease Lease { get; }

    /// <summary>The work is over, and its slot is free; its end may still be on the way into the database.</summary>
    public bool Ended => Volatile.Read(ref _ended) != 0;

    /// <summary>Why it was asked to end; null when nobody did.</summary>
    public string? CancelReason => Volatile.Read(ref _cancelReason);

    /// <summary>Lets one alone say how the run ended.</summary>
    /// <returns>True for the first caller.</returns>
    public bool TryTakeEnd() => Interlocked.Exchange(ref _taken, 1) == 0;

    public void SetEnded() => Volatile.Write(ref _ended, 1);

    public void Cancel(string reason)
    {
        if (Interlocked.CompareExchange(ref _cancelReason, reason, null) is null)
        {
            Ask(StopReason.Cancelled);
        }
    }

    /// <summary>Asks the work to end; one that is over does not mind.</summary>
    public void Ask(StopReason reason)
    {
        if (!Ended)
        {
            Stop.Request(reason);
        }
    }

    public void Dispose() => Stop.Dispose();
}
