namespace Signalbox.Server.Jobs.Running;

/// <summary>Logs and measures runs.</summary>
internal sealed class RunReport(JobsMetrics metrics, RunningMetrics more, ILogger<AttemptRunner> log)
{
    /// <summary>Until it is disposed, every log line of the flow of control carries the run's identity.</summary>
    public IDisposable? Begin(RunRequest request) => log.BeginScope(new KeyValuePair<string, object?>[]
    {
        new("JobId", request.JobId),
        new("ExecutionId", request.ExecutionId),
    });

    public void Ended(RunRequest request, RunResult result, TimeSpan duration)
    {
        metrics.Ran(request.JobId, request.Work.Kind, NameOf(result.End), duration);
        more.Output(result.OutputBytes, result.OutputCut);
        if (result.End == RunEnd.Succeeded)
        {
            RunningLog.Succeeded(log, request.JobName, duration.TotalSeconds);
        }
        else
        {
            RunningLog.DidNotSucceed(log, request.JobName, NameOf(result.End), result.Cause, duration.TotalSeconds, result.Error?.Message);
        }
    }

    public void Broke(RunRequest request, Exception exception) => RunningLog.Broke(log, request.JobName, exception);

    private static string NameOf(RunEnd end) => end switch
    {
        RunEnd.TimedOut => "timed_out",
        _ => end.ToString().ToLowerInvariant(),
    };
}
