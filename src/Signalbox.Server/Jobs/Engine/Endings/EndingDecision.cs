using Signalbox.Scheduling;
using Signalbox.Server.Jobs.Engine.Runs;
using Signalbox.Server.Jobs.Running;

namespace Signalbox.Server.Jobs.Engine.Endings;

/// <summary>Decides what follows the end of an attempt.</summary>
internal static class EndingDecision
{
    public const string Shutdown = "shutdown";

    /// <returns>Null when nothing may be written.</returns>
    public static Ending? Of(LocalRun run, RunResult result) => result.End switch
    {
        RunEnd.Lost => null,
        RunEnd.Interrupted => OfInterrupted(run, result),
        RunEnd.Succeeded => Ended(run, result, ExecutionState.Succeeded),
        RunEnd.TimedOut => Ended(run, result, ExecutionState.TimedOut),
        RunEnd.Cancelled => Ended(run, result, ExecutionState.Cancelled),
        RunEnd.Abandoned => Ended(run, result, ExecutionState.Abandoned),
        _ => Ended(run, result, ExecutionState.Failed),
    };

    /// <summary>What the server's own stop broke off starts again elsewhere if its job says that a lost attempt may be repeated; otherwise it is over, as cancelled.</summary>
    public static Ending OfInterrupted(LocalRun run, RunResult? result)
    {
        var ending = New(run, result, ExecutionState.Cancelled) with { CancelReason = Shutdown, Cause = Shutdown };
        return run.Job is { } job && job.Retry.MaxAttempts > 1 && job.Retry.On.Contains(ExecutionState.Lost) ? ending with { After = AfterEnd.GiveBack } : ending;
    }

    private static Ending Ended(LocalRun run, RunResult result, ExecutionState state)
    {
        var ending = New(run, result, state) with { CancelReason = state == ExecutionState.Cancelled ? run.CancelReason : null };
        var attempt = run.Claim.Attempt;
        return run.Job is { } job && run.CancelReason is null && !result.Permanent && job.Retry.Retries(state, attempt)
            ? ending with { After = AfterEnd.Retry, RetryDelay = job.Retry.DelayBefore(attempt + 1, run.Claim.Id) }
            : ending;
    }

    private static Ending New(LocalRun run, RunResult? result, ExecutionState state) => new()
    {
        Id = run.Claim.Id,
        Fence = run.Claim.Fence,
        State = WireNames.Format(state),
        ExitCode = result?.ExitCode,
        Error = result?.Error,
        Cause = state == ExecutionState.Succeeded ? null : result?.Cause ?? WireNames.Format(state),
        OutputBytes = result?.OutputBytes ?? 0,
        OutputCut = result?.OutputCut ?? false,
    };
}
