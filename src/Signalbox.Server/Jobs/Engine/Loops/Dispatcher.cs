using Signalbox.Server.Jobs.Engine.Catalogue;
using Signalbox.Server.Jobs.Engine.Claims;
using Signalbox.Server.Jobs.Engine.Endings;
using Signalbox.Server.Jobs.Engine.Overlaps;
using Signalbox.Server.Jobs.Engine.Runs;
using Signalbox.Server.Jobs.Running;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Jobs.Engine.Loops;

/// <summary>Claims what is due as long as there are slots, and starts it.</summary>
internal sealed class Dispatcher : EngineLoop
{
    private const int MostClaimed = 500;
    private const int MostConflicts = 5;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    /// <summary>A claim that took longer starts nothing: its round may have been left behind, and the next one has given its executions back.</summary>
    private static readonly TimeSpan StartLimit = Limit * 0.8;

    private readonly ControlDatabase _database;
    private readonly DispatcherParts _parts;
    private bool _claimUncertain;

    public Dispatcher(ControlDatabase database, DispatcherParts parts, EngineSignals signals, LoopContext context)
        : base("dispatcher", Limit, context)
    {
        _database = database;
        _parts = parts;
        signals.OnLiveChanged += Wake.Call;
    }

    private EngineOptions Options => _parts.Options.Engine;

    /// <summary>Slots that nothing holds: neither a run, nor a handler that goes on after its end.</summary>
    private int Free => _parts.Runs.Ending >= EndingWriter.MostWaiting ? 0 : _parts.Options.Slots - _parts.Runs.Running - _parts.Runner.Quarantined;

    public override async Task<TimeSpan> RunOnceAsync(CancellationToken cancellationToken)
    {
        await GiveBackUncertainAsync(cancellationToken);
        var due = await _database.AskAsync(DueStore.ReadAsync, cancellationToken);
        if (due.AnyDue)
        {
            await ClaimAllAsync(cancellationToken);
            if (await _parts.Overlaps.ResolveAsync(_database, cancellationToken))
            {
                // What was waiting may be free to start, or to end, now.
                Wake.Call();
            }

            due = await _database.AskAsync(DueStore.ReadAsync, cancellationToken);
        }

        return Rest(due);
    }

    /// <summary>What was claimed while the server was told to stop waits for another instance.</summary>
    protected override Task TidyAsync() => GiveBackUncertainAsync(CancellationToken.None);

    /// <summary>Until the next due time, and no longer than it may take until another instance, or a quarantined handler, changes something.</summary>
    private TimeSpan Rest(DueTimes due)
    {
        var rest = due.NextDueAtMs is { } next ? TimeSpan.FromMilliseconds(Math.Max(next - due.NowMs, 0)) : TimeSpan.MaxValue;
        return rest < Options.Poll ? rest : Options.Poll;
    }

    private async Task ClaimAllAsync(CancellationToken cancellationToken)
    {
        var conflicts = 0;
        while (Free > 0 && conflicts < MostConflicts)
        {
            try
            {
                if (await ClaimAsync(Math.Min(Free, MostClaimed), cancellationToken) == 0)
                {
                    return;
                }
            }
            catch (Exception exception) when (_database.Dialect.IsUniqueViolation(exception) || _database.Dialect.IsTransient(exception))
            {
                // Another instance took one of the keys at the same moment; by now that can be seen, so the next choice is another.
                conflicts++;
            }
        }
    }

    private async Task<int> ClaimAsync(int limit, CancellationToken cancellationToken)
    {
        var before = Clock.GetTimestamp();
        var request = new ClaimRequest(_parts.Instance.Id, limit, Options.Lease);
        IReadOnlyList<ClaimedRun> claimed;
        try
        {
            _claimUncertain = true;
            claimed = await _database.RunAsync(session => ClaimStore.ClaimAsync(session, request), cancellationToken);
            _claimUncertain = false;
        }
        catch (Exception exception) when (_database.Dialect.IsUniqueViolation(exception) || _database.Dialect.IsTransient(exception))
        {
            _claimUncertain = false;
            throw;
        }
        catch
        {
            // Said again, because another round may have looked meanwhile, and found nothing yet.
            _claimUncertain = true;
            throw;
        }

        if (claimed.Count == 0)
        {
            return 0;
        }

        var jobs = await LoadAsync(claimed, cancellationToken);
        if (Clock.GetElapsedTime(before) > StartLimit || cancellationToken.IsCancellationRequested)
        {
            _claimUncertain = true;
            return 0;
        }

        var leaseEnds = before + _parts.LeaseTicks(Clock);
        foreach (var run in claimed)
        {
            _parts.Starter.Start(new LocalRun(run, jobs.GetValueOrDefault(run.JobId), new RunLease(leaseEnds, Clock)));
        }

        return claimed.Count;
    }

    private async Task<IReadOnlyDictionary<string, EngineJob>> LoadAsync(IReadOnlyList<ClaimedRun> claimed, CancellationToken cancellationToken)
    {
        var wanted = claimed.Select(static run => (run.JobId, run.JobVersion)).ToList();
        if (_parts.Catalogue.TryFind(wanted) is { } known)
        {
            return known;
        }

        try
        {
            return await _database.AskAsync(session => _parts.Catalogue.LoadAsync(session, wanted), cancellationToken);
        }
        catch
        {
            // Claimed, but nobody here knows what they are to do: the next round gives them back.
            _claimUncertain = true;
            throw;
        }
    }

    /// <summary>After a claim whose answer never came: what this instance holds without knowing it is given back, rather than lie until its lease runs out.</summary>
    /// <remarks>Never what began here, though its run is given up by now: it may have done something, so only its job's retries may repeat it.</remarks>
    private async Task GiveBackUncertainAsync(CancellationToken cancellationToken)
    {
        if (!_claimUncertain)
        {
            return;
        }

        var owned = await _database.ReadAsync(session => LeaseStore.OwnedAsync(session, _parts.Instance.Id), cancellationToken);
        var unknown = owned
            .Where(lease => !_parts.Runs.Began(lease.Id, lease.Fence))
            .Select(static lease => new Ending { Id = lease.Id, Fence = lease.Fence, State = "cancelled", After = AfterEnd.GiveBack })
            .ToList();
        if (unknown.Count > 0)
        {
            await _database.WriteAsync(session => _parts.Endings.WriteAsync(session, unknown), repeatable: true, cancellationToken);
            Log.OrphansGivenBack(unknown.Count);
        }

        _claimUncertain = false;
    }
}

/// <summary>What the dispatcher works with.</summary>
internal sealed record DispatcherParts(
    JobInstance Instance, JobCatalogue Catalogue, LocalRuns Runs, AttemptStarter Starter, OverlapResolver Overlaps, DispatcherSettings Settings)
{
    public JobsOptions Options => Settings.Options;

    public IAttemptRunner Runner => Settings.Runner;

    public EndingStore Endings => Settings.Endings;

    /// <summary>The part of a lease that an owner may rely on, in ticks of the monotonic clock: a margin makes up for the way of the answer.</summary>
    public long LeaseTicks(TimeProvider clock) => LeaseMargin.Ticks(Options.Engine.Lease, clock);
}

/// <summary>The rest of what the dispatcher works with.</summary>
internal sealed record DispatcherSettings(JobsOptions Options, IAttemptRunner Runner, EndingStore Endings);
