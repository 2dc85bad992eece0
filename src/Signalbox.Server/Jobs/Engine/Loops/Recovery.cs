using System.Data.Common;
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
        var (expired, jobs) = await database.AskAsync(FindAsync, cancellationToken);
        if (expired.Count == 0)
        {
            return Period;
        }

        var lost = expired.Select(run => EndingOf(run, jobs.GetValueOrDefault(run.JobId))).ToList();
        var outcomes = await WriteAsync(lost, cancellationToken);
        var written = outcomes.SelectMany(static outcome => outcome.Written).ToHashSet(StringComparer.Ordinal);
        foreach (var run in expired.Where(run => written.Contains(run.Id)))
        {
            report.Metrics.LeaseLost();
            report.Log.Recovered(run.Id, run.JobId, run.Owner);
        }

        // What is not written was not expired any more, or another instance was faster.
        foreach (var run in outcomes.SelectMany(static outcome => outcome.Finished))
        {
            report.Metrics.Ended(run.State);
        }

        signals.LiveChanged();
        return expired.Count == BatchSize && written.Count > 0 ? TimeSpan.Zero : Period;
    }

    /// <summary>Writes all of them at once; when one of them cannot be written at all, that one alone stays behind.</summary>
    private async Task<IReadOnlyList<EndingOutcome>> WriteAsync(List<Ending> lost, CancellationToken cancellationToken)
    {
        try
        {
            return [await database.WriteAsync(session => endings.WriteAsync(session, lost), repeatable: true, cancellationToken)];
        }
        catch (DbException exception) when (!database.Dialect.IsTransient(exception) && !database.Dialect.IsUnavailable(exception) && !database.Dialect.IsDiskFull(exception))
        {
            if (lost.Count == 1)
            {
                report.EndingRefused(lost[0], exception);
                return [];
            }

            var half = lost.Count / 2;
            return [.. await WriteAsync(lost[..half], cancellationToken), .. await WriteAsync(lost[half..], cancellationToken)];
        }
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
