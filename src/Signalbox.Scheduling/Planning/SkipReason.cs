namespace Signalbox.Scheduling;

/// <summary>The rule that kept a fire from running.</summary>
public enum SkipReason
{
    /// <summary>Its time had passed and the job's misfire policy is skip.</summary>
    Misfire,

    /// <summary>An earlier run of the job or its concurrency group was not over and the job forbids overlap.</summary>
    Overlap,

    /// <summary>As many runs as the job allows were already waiting.</summary>
    QueueFull,

    /// <summary>More fires were missed than may be caught up with.</summary>
    CatchUpLimit,

    /// <summary>The job was disabled between the planning of the fire and its time.</summary>
    Disabled,

    /// <summary>The job or its schedule was changed or deleted between the planning of the fire and its time.</summary>
    Replaced,
}
