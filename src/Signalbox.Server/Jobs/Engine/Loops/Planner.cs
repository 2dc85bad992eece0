using Signalbox.Scheduling;
using Signalbox.Server.Jobs.Engine.Catalogue;
using Signalbox.Server.Jobs.Engine.Live;
using Signalbox.Server.Jobs.Engine.Plans;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Jobs.Engine.Loops;

/// <summary>Turns the coming fires of jobs into executions that wait for their time.</summary>
/// <remarks>
/// Every instance plans; a job's row is locked while its fires are written and its next one is stored, and instances pass by what another one has locked.
/// What was planned before is never planned again: the next fire follows from the one before, not from the clock.
/// </remarks>
internal sealed class Planner : EngineLoop
{
    private const int MostJobs = 500;
    private const int MostRows = 5000;

    /// <summary>How far ahead fires are planned, so that they wait already when their time comes.</summary>
    private static readonly TimeSpan Horizon = TimeSpan.FromSeconds(10);

    private readonly ControlDatabase _database;
    private readonly PlannerParts _parts;
    private readonly TimeSpan _horizon;

    public Planner(ControlDatabase database, PlannerParts parts, JobInstance instance, EngineSignals signals, LoopContext context)
        : base("planner", TimeSpan.FromSeconds(20), context)
    {
        _database = database;
        _parts = parts;

        // Each instance looks ahead a little differently, so that one of them usually finds the work done.
        _horizon = Horizon + TimeSpan.FromMilliseconds(instance.Spread * 2000);
        signals.OnPlanChanged += Wake.Call;
    }

    public override async Task<TimeSpan> RunOnceAsync(CancellationToken cancellationToken)
    {
        var next = await _database.AskAsync(FindNextAsync, cancellationToken);
        if (next.NextAtMs is null || next.NextAtMs > next.NowMs + (long)_horizon.TotalMilliseconds)
        {
            return Rest(next);
        }

        var batch = await _database.WriteAsync(PlanAsync, repeatable: true, cancellationToken);
        Report(batch);
        if (batch.FirstDueAtMs <= next.NowMs + (long)_parts.Options.Poll.TotalMilliseconds)
        {
            _parts.Signals.LiveChanged();
        }

        // Without a job, another instance is at it, or definitions cannot be read.
        return batch.Jobs > 0 ? TimeSpan.Zero : _parts.Options.Poll;
    }

    private static async Task<NextFire> FindNextAsync(ControlSession session) => (await session.ListAsync<NextFire>(
        $"SELECT {session.Dialect.NowMs} AS now_ms, (SELECT min(j.next_nominal_at_ms) FROM jobs j) AS next_at_ms"))[0];

    private TimeSpan Rest(NextFire next)
    {
        var rest = next.NextAtMs is { } at ? TimeSpan.FromMilliseconds(at - next.NowMs) - _horizon : TimeSpan.MaxValue;
        return rest < _parts.Options.Poll ? rest : _parts.Options.Poll;
    }

    private async Task<PlanBatch> PlanAsync(ControlSession session)
    {
        var due = await session.ListAsync<DueJob>(
            $"""
            SELECT j.id, j.version, j.next_nominal_at_ms, {session.Dialect.NowMs} AS now_ms FROM jobs j
            WHERE j.next_nominal_at_ms <= {session.Dialect.NowMs} + @horizon
            ORDER BY j.next_nominal_at_ms, j.id LIMIT {MostJobs} {session.Dialect.ForUpdateSkipLocked}
            """,
            new { horizon = (long)_horizon.TotalMilliseconds });
        var jobs = await _parts.Catalogue.LoadAsync(session, due.Select(static job => (job.Id, job.Version)));
        var batch = new PlanBatch(_parts.Rows);
        foreach (var row in due)
        {
            if (batch.Size >= MostRows)
            {
                break;
            }

            if (jobs.GetValueOrDefault(row.Id) is { } job)
            {
                batch.Add(job, PlanOf(job, row));
            }
        }

        await batch.WriteAsync(session);
        return batch;
    }

    private FirePlan PlanOf(EngineJob job, DueJob row) => job.Schedule is { } schedule
        ? FirePlanner.Plan(PlanRequests.For(job, schedule, row.NextNominalAtMs, row.NowMs, _horizon))
        : new FirePlan([], null, 0);

    private void Report(PlanBatch batch)
    {
        foreach (var (job, count) in batch.Beyond)
        {
            _parts.Report.Metrics.BeyondCap(count);
            Log.BeyondCap(job.Id, job.Name, count);
        }

        foreach (var group in batch.Fires.GroupBy(static fire => (fire.Outcome, fire.Reason)))
        {
            _parts.Report.Metrics.WithoutRun(group.Key.Outcome, group.Key.Reason, group.Sum(static fire => fire.Count));
        }
    }

    /// <summary>When the next fire of all jobs is.</summary>
    private sealed record NextFire
    {
        public required long NowMs { get; init; }

        public long? NextAtMs { get; init; }
    }

    /// <summary>A job to be planned.</summary>
    private sealed record DueJob
    {
        public required string Id { get; init; }

        public required long Version { get; init; }

        public required long NextNominalAtMs { get; init; }

        public required long NowMs { get; init; }
    }
}

/// <summary>What the planner works with.</summary>
internal sealed record PlannerParts(JobCatalogue Catalogue, LiveRows Rows, EngineSignals Signals, EngineReport Report, EngineOptions Options);
