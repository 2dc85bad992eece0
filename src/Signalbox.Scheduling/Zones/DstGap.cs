namespace Signalbox.Scheduling;

/// <summary>What becomes of a local time that does not exist because the clocks go forward over it.</summary>
public enum DstGap
{
    /// <summary>It happens at the first instant after the gap, once however many times of the schedule lie in the gap.</summary>
    ShiftToEnd,

    /// <summary>It happens as far after the gap's end as it lies behind the gap's begin: 02:30 becomes 03:30.</summary>
    ShiftByDelta,

    /// <summary>It does not happen on that day.</summary>
    Skip,
}
