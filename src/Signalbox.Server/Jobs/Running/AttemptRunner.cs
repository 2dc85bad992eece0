using System.Diagnostics;
using Signalbox.Server.Jobs.Running.Output;

namespace Signalbox.Server.Jobs.Running;

/// <summary>Runs an attempt with everything around it: ladder, output, span, log lines and measurements.</summary>
internal sealed class AttemptRunner(RunningOptions options, OutputWriter output, Quarantine quarantine, KindRunners kinds, RunReport report, TimeProvider clock) : IAttemptRunner
{
    public int Quarantined => quarantine.Held;

    public async Task<RunResult> RunAsync(RunRequest request, RunStop stop)
    {
        // Starting a process blocks for a moment, which the engine's loop must not feel.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var start = clock.GetTimestamp();
        using var span = RunSpan.Start(request);
        using var lines = report.Begin(request);
        RunResult result;
        try
        {
            result = await CarryOutAsync(request, stop, span);
        }
        catch (Exception exception)
        {
            // The seam promises a result whatever happens; a defect here must not leave an execution without its end.
            report.Broke(request, exception);
            result = new RunResult { End = RunEnd.Failed, Error = new ExecutionError(exception.GetType().FullName!, exception.Message, exception.ToString()), Cause = "internal error" };
        }

        RunSpan.End(span, result);
        report.Ended(request, result, clock.GetElapsedTime(start));
        return result;
    }

    private async Task<RunResult> CarryOutAsync(RunRequest request, RunStop stop, Activity span)
    {
        var limit = request.Work is CommandWork { OutputLimit: { } own } ? own : options.Output.Limit;
        var captured = new RunOutput(output, request, limit, clock);
        using var ladder = new RunLadder(request, stop, options.ShutdownGrace, clock);
        var end = await kinds.RunAsync(new RunScope(request, ladder, captured, RunSpan.TraceParent(span)));
        ladder.Dispose();
        if (end.StillRunning is { } still)
        {
            quarantine.Hold(request, still);
        }

        var reason = ladder.Reason;
        if (reason == RunEnd.Lost)
        {
            captured.Forget();
            return Result(request, RunEnd.Lost, end, captured, complete: true);
        }

        var complete = await output.FlushAsync(captured);
        return Result(request, reason, end, captured, complete);
    }

    private static RunResult Result(RunRequest request, RunEnd? reason, WorkEnd work, RunOutput output, bool complete)
    {
        var end = work.StillRunning is not null && reason is not (null or RunEnd.Lost) ? RunEnd.Abandoned
            : reason is null || (reason == RunEnd.Interrupted && work.DoneDespiteStop) ? (work.Succeeded ? RunEnd.Succeeded : RunEnd.Failed)
            : reason.Value;
        var (error, cause) = end is RunEnd.Succeeded ? (null, null) : end == RunEnd.Failed ? (work.Error, work.Cause) : Stopped(request, end, reason);
        return new RunResult
        {
            End = end,
            ExitCode = work.ExitCode,
            Error = error,
            Cause = cause,
            Permanent = end == RunEnd.Failed && work.Permanent,
            OutputBytes = output.Bytes,
            OutputCut = output.IsCut || !complete,
        };
    }

    private static (ExecutionError Error, string Cause) Stopped(RunRequest request, RunEnd end, RunEnd? reason) => end switch
    {
        RunEnd.TimedOut => (new ExecutionError("timeout", $"It ran longer than its timeout of {Signalbox.Settings.DurationText.Format(request.Timeout)}.", null), "timeout"),
        RunEnd.Cancelled => (new ExecutionError("cancelled", "It was asked to end.", null), "cancelled"),
        RunEnd.Interrupted => (new ExecutionError("shutdown", "The server stopped before it was done.", null), "shutdown"),
        RunEnd.Abandoned => (new ExecutionError("abandoned", $"It was asked to end ({Word(reason)}) and went on after its grace of {Signalbox.Settings.DurationText.Format(request.Grace)}; it still holds its slot.", null), "abandoned"),
        _ => (new ExecutionError("lost", "Its lease passed to another instance, or may have.", null), "lost"),
    };

    private static string Word(RunEnd? reason) => reason switch
    {
        RunEnd.TimedOut => "timeout",
        RunEnd.Interrupted => "server's stop",
        _ => "cancelled",
    };
}
