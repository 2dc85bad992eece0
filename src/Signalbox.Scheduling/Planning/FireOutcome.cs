namespace Signalbox.Scheduling;

/// <summary>How a nominal fire ended; each ends as exactly one of these.</summary>
public enum FireOutcome
{
    /// <summary>It ran in time.</summary>
    Ran,

    /// <summary>It ran, but started much later than it was due.</summary>
    Late,

    /// <summary>A later fire ran for it.</summary>
    Coalesced,

    /// <summary>A rule of the job kept it from running; see <see cref="SkipReason"/>.</summary>
    Skipped,

    /// <summary>It was neither run nor decided upon: the scheduler's fault.</summary>
    Missed,
}
