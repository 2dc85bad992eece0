namespace Signalbox.Server.Jobs.Engine;

/// <summary>What the engine logs.</summary>
internal static partial class EngineLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "The definition of job {JobId} (version {Version}) cannot be read, so the job does not run.")]
    public static partial void DefinitionUnreadable(this ILogger logger, string jobId, long version, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A round of the {Loop} loop failed; it goes on.")]
    public static partial void RoundFailed(this ILogger logger, string loop, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lease of execution {ExecutionId} of job {JobId} was lost (fence {Fence}): its run is ended, and nothing more of it is written.")]
    public static partial void LeaseLost(this ILogger logger, string executionId, string jobId, long fence);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The end of execution {ExecutionId} ({State}) came after its lease had passed on (fence {Fence}); it was not written.")]
    public static partial void ZombieFinish(this ILogger logger, string executionId, string state, long fence);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The ends of {Count} executions could not be written; they are tried again until their leases run out.")]
    public static partial void EndingsNotWritten(this ILogger logger, int count, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The end of execution {ExecutionId} ({State}) could not be written; it will count as lost.")]
    public static partial void EndingRefused(this ILogger logger, string executionId, string state, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Execution {ExecutionId} of job {JobId} was lost with its server {Owner}.")]
    public static partial void Recovered(this ILogger logger, string executionId, string jobId, string? owner);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} executions that were claimed without this server's knowledge were given back.")]
    public static partial void OrphansGivenBack(this ILogger logger, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {JobId} ({Name}) missed {Count} fires beyond the number that is caught up with; they are recorded as one line.")]
    public static partial void BeyondCap(this ILogger logger, string jobId, string name, long count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Nobody accounted for {Count} fires of job {JobId}, the first of them at {First:O}.")]
    public static partial void FiresMissed(this ILogger logger, string jobId, long count, DateTimeOffset first);

    [LoggerMessage(Level = LogLevel.Error, Message = "No schedule in force explains {Count} executions of job {JobId}, the first of them at {First:O}.")]
    public static partial void ExecutionsExtra(this ILogger logger, string jobId, long count, DateTimeOffset first);

    [LoggerMessage(Level = LogLevel.Error, Message = "Plan and records of job {JobId} could not be compared.")]
    public static partial void NotReconciled(this ILogger logger, string jobId, Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "Stopping: {Count} executions run; they have {Grace} to end.")]
    public static partial void EndingRuns(this ILogger logger, int count, TimeSpan grace);

    [LoggerMessage(Level = LogLevel.Error, Message = "Execution {ExecutionId} could not be carried out.")]
    public static partial void RunnerFailed(this ILogger logger, string executionId, Exception exception);
}
