using Microsoft.Extensions.Logging;

namespace Signalbox.Sdk.Jobs;

/// <summary>What a handler knows of the run it carries out. Tests of handlers make one themselves.</summary>
public sealed class JobContext
{
    public required string ExecutionId { get; init; }

    public required string JobId { get; init; }

    public required string JobName { get; init; }

    /// <summary>From 1; more than 1 when an earlier attempt of the same execution failed or was lost.</summary>
    public required int Attempt { get; init; }

    /// <summary>
    /// Grows strictly from run to run of a job. A write to another system that remembers the highest fence it has seen, and refuses lower ones, can never be
    /// made by a run that was given up.
    /// </summary>
    public required long Fence { get; init; }

    /// <summary>The time that the schedule meant, however late the run started.</summary>
    public required DateTimeOffset NominalAt { get; init; }

    /// <summary>32 lower-case hexadecimal digits.</summary>
    public required string TraceId { get; init; }

    /// <summary>Cancelled when another instance may run this execution by now: nothing more may be written anywhere.</summary>
    public CancellationToken Lost { get; init; }

    /// <summary>Its lines are in the run's output and in the server's log, there with <c>job_id</c>, <c>execution_id</c> and <c>trace_id</c>.</summary>
    public required ILogger Logger { get; init; }

    /// <summary>The run's output, as a command's stdout is. Thread-safe; what is written after the run's end is lost.</summary>
    public required TextWriter Output { get; init; }
}
