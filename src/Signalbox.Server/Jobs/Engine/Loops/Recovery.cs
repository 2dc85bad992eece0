using Signalbox.Scheduling;
using Signalbox.Server.Jobs.Engine.Catalogue;
using Signalbox.Server.Jobs.Engine.Endings;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Jobs.Engine.Loops;

/// <summary>Ends executions whose instance let their lease run out; every instance does it, whatever else it does.</summary>
internal sealed class Recovery(ControlDatabase database, JobCatalogue catalogue, EndingStore endings, EngineSignals signals, EngineReport report, LoopContext context)
    : EngineLoop("recovery", TimeSpan.FromSeconds(20), context)
{
    private const int BatchSize = 200;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    public override async Task<TimeSpan> RunOnceAsync(CancellationToken cancellationToken)
    {
        var (expired, jobs) = await database.ReadAsync(FindAsync, cancellationToken);
        if (expired.Count == 0)
        {
            return Period;
        }

        var lost = expired.Select(run => EndingOf(run, jobs.GetValueOrDefault(run.JobId))).ToList();
        var outcome = await database.WriteAsync(session => endings.WriteAsync(session, lost), repeatable: true, cancellationToken);
        foreach (var run in expired.Where(run => outcome.Written.Contains(run.Id, StringComparer.Ordinal)))
        {
            report.Metrics.LeaseLost();
            report.Log.Recovered(run.Id, run.JobId, run.Owner);
        }

        // What is not written was not expired any more, or another instance was faster.
        foreach (var run in outcome.Finished)
        {
            report.Metrics.Ended(run.State);
        }

        signals.LiveChanged();
        return expired.Count == BatchSize ? TimeSpan.Zero : Period;
    }

    private async Task<(IReadOnlyList<ExpiredRow> Expired, IReadOnlyDictionary<string, EngineJob> Jobs)> FindAsync(ControlSession session)
    {
        var expired = await session.ListAsync<ExpiredRow>(
            $"""
            SELECT l.id, l.job_id, l.job_version, l.attempt, l.fence, l.owner FROM job_live l
            WHERE l.state = 'running' AND l.lease_until_ms < {session.Dialect.NowMs} ORDER BY l.lease_until_ms LIMIT {BatchSize}
            """);
        return (expired, await catalogue.LoadAsync(session, expired.Select(static run => (run.JobId, run.JobVersion))));
    }

    private static Ending EndingOf(ExpiredRow run, EngineJob? job)
    {
        var lost = new Ending
        {
            Id = run.Id,
            Fence = run.Fence,
            State = WireNames.Format(ExecutionState.Lost),
            Cause = "lost",
            Error = new ExecutionError("lost", $"The server {run.Owner} stopped renewing its lease; what became of the run is not known.", null),
            OnlyExpired = true,
        };
        return job is not null && job.Retry.Retries(ExecutionState.Lost, run.Attempt)
            ? lost with { After = AfterEnd.Retry, RetryDelay = job.Retry.DelayBefore(run.Attempt + 1, run.Id) }
            : lost;
    }

    /// <summary>A running execution without a valid lease.</summary>
    private sealed record ExpiredRow
    {
        public required string Id { get; init; }

        public required string JobId { get; init; }

        public required long JobVersion { get; init; }

        public required int Attempt { get; init; }

        public required long Fence { get; init; }

        public string? Owner { get; init; }
    }
}
