using System.Collections.Concurrent;
using Signalbox.Server.Jobs.Running;

namespace Signalbox.Server.Jobs.Engine.Runs;

/// <summary>The executions of this process: those that run, and those whose end is on the way into the database. Thread-safe.</summary>
internal sealed class LocalRuns(EngineMetrics metrics, ILogger<LocalRuns> logger)
{
    private readonly ConcurrentDictionary<string, LocalRun> _runs = new(StringComparer.Ordinal);
    private readonly ForsakenClaims _forsaken = new();
    private int _running;

    /// <summary>Those that hold a slot.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <summary>Those that are over but not in the database yet.</summary>
    public int Ending => Math.Max(_runs.Count - Running, 0);

    public bool IsEmpty => _runs.IsEmpty;

    public IEnumerable<LocalRun> All => _runs.Select(static pair => pair.Value);

    public LocalRun? Find(string executionId) => _runs.GetValueOrDefault(executionId);

    /// <summary>Whether the work of a claim began in this process and has no end in the database as far as it knows.</summary>
    public bool Began(string executionId, long fence) => Find(executionId)?.Claim.Fence == fence || _forsaken.Contains(fence);

    public void Add(LocalRun run)
    {
        // A row of the same execution here is of an older claim, which this one has ended.
        if (_runs.TryGetValue(run.Claim.Id, out var older) && Drop(older))
        {
            older.Ask(StopReason.Lost);
        }

        _runs[run.Claim.Id] = run;
        Interlocked.Increment(ref _running);
    }

    /// <summary>Frees the run's slot.</summary>
    public void End(LocalRun run)
    {
        run.SetEnded();
        Interlocked.Decrement(ref _running);
    }

    /// <summary>Forgets a run whose end is written.</summary>
    /// <returns>Whether it was there.</returns>
    public bool Settle(LocalRun run) => _runs.TryRemove(new KeyValuePair<string, LocalRun>(run.Claim.Id, run));

    /// <summary>Forgets a run whose end must not be written, or cannot be; that it began is remembered.</summary>
    /// <returns>Whether it was there.</returns>
    public bool Drop(LocalRun run)
    {
        _forsaken.Add(run.Claim.Fence);
        return Settle(run);
    }

    /// <summary>Ends a run whose lease is somebody else's, or may be: at once, without grace, and nothing of it is written.</summary>
    public void Lose(LocalRun run)
    {
        if (Drop(run))
        {
            metrics.LeaseLost();
            logger.LeaseLost(run.Claim.Id, run.Claim.JobId, run.Claim.Fence);
            run.Ask(StopReason.Lost);
        }
    }

    /// <summary>Loses the runs whose lease was not renewed in time.</summary>
    /// <returns>How many.</returns>
    public int LoseExpired()
    {
        var expired = All.Where(static run => run.Lease.IsOver).ToList();
        expired.ForEach(Lose);
        return expired.Count;
    }
}
