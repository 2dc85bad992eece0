namespace Signalbox.Server.Jobs.Running;

/// <summary>What is logged about runs; each line of one carries its job and its execution, and its trace through the current activity.</summary>
internal static partial class RunningLog
{
    [LoggerMessage(101, LogLevel.Debug, "Job {JobName} succeeded after {Seconds} s.")]
    public static partial void Succeeded(ILogger logger, string jobName, double seconds);

    [LoggerMessage(102, LogLevel.Warning, "Job {JobName} did not succeed ({End}, {Cause}) after {Seconds} s: {Reason}")]
    public static partial void DidNotSucceed(ILogger logger, string jobName, string end, string? cause, double seconds, string? reason);

    [LoggerMessage(103, LogLevel.Error, "An attempt of job {JobName} ended by a defect of the scheduler itself.")]
    public static partial void Broke(ILogger logger, string jobName, Exception exception);

    [LoggerMessage(104, LogLevel.Error, "Job {JobName} goes on although it was asked to end and its grace is over; it keeps its slot until it returns.")]
    public static partial void Abandoned(ILogger logger, string jobName);

    [LoggerMessage(105, LogLevel.Warning, "Job {JobName}, which was given up, has returned after {Seconds} s; its slot is free again.")]
    public static partial void Returned(ILogger logger, string jobName, double seconds);

    [LoggerMessage(106, LogLevel.Warning, "The output of jobs cannot be written to the database; it waits in memory, and what finds no room is left out.")]
    public static partial void OutputNotWritten(ILogger logger, Exception exception);

    [LoggerMessage(107, LogLevel.Error, "One who watches the output of execution {ExecutionId} failed.")]
    public static partial void WatcherFailed(ILogger logger, string executionId, Exception exception);

    [LoggerMessage(108, LogLevel.Warning, "This machine has no setsid, so a command's children can be found only while their parents live, and none of them is ended when this process is killed.")]
    public static partial void NoSessions(ILogger logger);

    [LoggerMessage(109, LogLevel.Warning, "Job {JobName} left {Count} processes outside its process group, which were ended with it.")]
    public static partial void StragglersEnded(ILogger logger, string jobName, int count);
}
