namespace Signalbox.Scheduling;

/// <summary>One nominal time of a schedule.</summary>
/// <param name="At">The instant, in UTC.</param>
/// <param name="Mark">What the zone's clock did to it.</param>
public readonly record struct Fire(DateTimeOffset At, FireMark Mark);

/// <summary>Says when a fire was touched by a change of the clocks.</summary>
public enum FireMark
{
    /// <summary>An ordinary time.</summary>
    None,

    /// <summary>The local time does not exist on that day and was moved out of the gap.</summary>
    Gap,

    /// <summary>The local time exists twice and this is its first pass.</summary>
    OverlapFirst,

    /// <summary>The local time exists twice and this is its second pass.</summary>
    OverlapSecond,
}
