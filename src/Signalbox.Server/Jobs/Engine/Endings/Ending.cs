namespace Signalbox.Server.Jobs.Engine.Endings;

/// <summary>What follows the end of an attempt.</summary>
internal enum AfterEnd
{
    /// <summary>The execution is over.</summary>
    Finish,

    /// <summary>Another attempt follows; this one is kept in <c>job_attempts</c>.</summary>
    Retry,

    /// <summary>The attempt is undone: the execution waits again as if it had not been claimed.</summary>
    GiveBack,
}

/// <summary>The end of one attempt on its way into the database.</summary>
internal sealed record Ending
{
    public required string Id { get; init; }

    /// <summary>Only the row that still carries it is changed.</summary>
    public required long Fence { get; init; }

    /// <summary>State of the attempt on the wire: <c>succeeded</c>, <c>failed</c> …</summary>
    public required string State { get; init; }

    public AfterEnd After { get; init; } = AfterEnd.Finish;

    /// <summary>From the end to the next attempt.</summary>
    public TimeSpan RetryDelay { get; init; }

    public int? ExitCode { get; init; }

    public ExecutionError? Error { get; init; }

    /// <summary>Groups failures in statistics; null for none.</summary>
    public string? Cause { get; init; }

    /// <summary>Takes precedence over the reason in the database, which may be none.</summary>
    public string? CancelReason { get; init; }

    public long OutputBytes { get; init; }

    public bool OutputCut { get; init; }

    /// <summary>Written by recovery: only when the lease has run out by the database's clock.</summary>
    public bool OnlyExpired { get; init; }

    /// <summary>An earlier try to write this failed, and may have been carried out all the same.</summary>
    public bool Uncertain { get; init; }
}

/// <summary>What became of a batch of endings.</summary>
/// <param name="Written">Ids of those that were written now, or had been by an earlier try.</param>
/// <param name="Zombies">Ids of those whose row was no longer theirs: nothing of them was written.</param>
/// <param name="Finished">The executions that are over.</param>
/// <param name="Dependents">Executions made because of them.</param>
internal sealed record EndingOutcome(IReadOnlyList<string> Written, IReadOnlyList<string> Zombies, IReadOnlyList<FinishedRun> Finished, int Dependents);

/// <summary>An execution that is over.</summary>
/// <param name="Late">It started later than its due time and the tolerance of <c>jobs.late_after</c>.</param>
internal sealed record FinishedRun(string Id, string Tenant, string JobId, string State, bool Late);
