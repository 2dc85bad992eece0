using Signalbox.Server.Jobs.Engine.Endings;
using Signalbox.Server.Jobs.Running;
using Signalbox.Telemetry;

namespace Signalbox.Server.Jobs.Engine.Runs;

/// <summary>Starts claimed executions, and passes their ends on.</summary>
internal sealed class AttemptStarter(IAttemptRunner runner, LocalRuns runs, EndingWriter writer, EngineSignals signals, EngineReport report)
{
    /// <summary>Starts the run and returns at once; the run takes a slot until its work is over.</summary>
    public void Start(LocalRun run)
    {
        runs.Add(run);
        if (run.Claim.Attempt == 1)
        {
            report.Metrics.Started(TimeSpan.FromMilliseconds(run.Claim.StartedAtMs - run.Claim.DueAtMs));
        }

        _ = Task.Run(() => RunAsync(run));
    }

    private async Task RunAsync(LocalRun run)
    {
        var claim = run.Claim;
        using var scope = report.Log.BeginScope(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["job_id"] = claim.JobId,
            ["execution_id"] = claim.Id,
            ["trace_id"] = claim.TraceId,
        });
        var ending = await CarryOutAsync(run);
        var mine = run.TryTakeEnd();
        runs.End(run);
        if (mine && ending is not null && ReferenceEquals(runs.Find(claim.Id), run))
        {
            writer.Add(run, ending);
        }
        else if (mine)
        {
            runs.Drop(run);
        }

        run.Dispose();
        signals.LiveChanged();
    }

    private async Task<Ending?> CarryOutAsync(LocalRun run)
    {
        if (run.Lease.IsOver)
        {
            // The process stood still between the claim and here; by now the execution may be somebody else's, so it must not begin.
            runs.Lose(run);
            return null;
        }

        if (run.Job is not { } job)
        {
            return new Ending { Id = run.Claim.Id, Fence = run.Claim.Fence, State = "failed", Cause = "definition", Error = new ExecutionError("definition", "The job was deleted, or its definition cannot be read.", null) };
        }

        try
        {
            return EndingDecision.Of(run, await runner.RunAsync(RequestOf(run, job), run.Stop));
        }
        catch (Exception exception)
        {
            // A runner that throws is a defect, but the execution must have its end all the same.
            report.Log.RunnerFailed(run.Claim.Id, exception);
            return EndingDecision.Of(run, new RunResult { End = RunEnd.Failed, Cause = exception.GetType().Name, Error = new ExecutionError(exception.GetType().FullName ?? "error", exception.Message, exception.StackTrace) });
        }
    }

    private static RunRequest RequestOf(LocalRun run, Catalogue.EngineJob job) => new()
    {
        ExecutionId = run.Claim.Id,
        JobId = run.Claim.JobId,
        JobName = run.Claim.JobName,
        Tenant = new TenantId(run.Claim.Tenant),
        Attempt = run.Claim.Attempt,
        Fence = run.Claim.Fence,
        NominalAt = DateTimeOffset.FromUnixTimeMilliseconds(run.Claim.NominalAtMs),
        TraceId = run.Claim.TraceId,
        Work = run.Claim.Arguments is { } arguments && job.Work is HandlerWork handler ? handler with { Arguments = arguments } : job.Work,
        Timeout = job.Timeout,
        Grace = job.Grace,
        Lease = run.Lease,
    };
}
