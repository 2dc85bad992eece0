namespace Signalbox.Scheduling;

/// <summary>Where an execution stands.</summary>
public enum ExecutionState
{
    /// <summary>Waits for its time, for a slot, for an earlier run, or for its next attempt.</summary>
    Scheduled,

    /// <summary>An instance holds its lease and runs it.</summary>
    Running,

    /// <summary>It did what it was for.</summary>
    Succeeded,

    /// <summary>It reported an error.</summary>
    Failed,

    /// <summary>It took longer than its timeout and was ended.</summary>
    TimedOut,

    /// <summary>Somebody asked it to end, and it ended.</summary>
    Cancelled,

    /// <summary>It was told to end and did not: it may still be working, in a slot that is kept apart.</summary>
    Abandoned,

    /// <summary>Its instance stopped renewing the lease; what became of it is not known.</summary>
    Lost,
}
