namespace Signalbox.Scheduling;

/// <summary>What becomes of a local time that exists twice because the clocks go back over it.</summary>
public enum DstOverlap
{
    /// <summary>Named times happen once, at the first pass; a wildcard, range or step in the field of hours or minutes happens in both.</summary>
    Auto,

    /// <summary>It happens at the first pass only.</summary>
    First,

    /// <summary>It happens at the second pass only.</summary>
    Last,

    /// <summary>It happens at both.</summary>
    Both,
}
