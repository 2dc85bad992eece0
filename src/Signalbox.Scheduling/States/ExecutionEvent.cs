namespace Signalbox.Scheduling;

/// <summary>What can happen to an execution.</summary>
public enum ExecutionEvent
{
    /// <summary>An instance takes it, with a new fencing token.</summary>
    Claim,

    /// <summary>The attempt ends well.</summary>
    Succeed,

    /// <summary>The attempt ends with an error.</summary>
    Fail,

    /// <summary>The attempt is ended because of its timeout.</summary>
    TimeOut,

    /// <summary>It ends because somebody asked for it.</summary>
    Cancel,

    /// <summary>The attempt ignored its end until the grace was over.</summary>
    Abandon,

    /// <summary>The lease ran out.</summary>
    Lose,

    /// <summary>The attempt failed, timed out or was lost, and the job's retry policy asks for another.</summary>
    Retry,

    /// <summary>Its instance stops, or never learnt that it holds it: it waits again as if it had not been claimed, and no attempt is spent.</summary>
    GiveBack,

    /// <summary>A rule keeps it from running: the row goes, and the fire is recorded as skipped.</summary>
    Skip,
}
