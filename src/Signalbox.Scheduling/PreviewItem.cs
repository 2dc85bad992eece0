namespace Signalbox.Scheduling;

/// <summary>One line of a preview.</summary>
/// <param name="At">The instant in UTC; of a skipped time, the instant at which the clocks change.</param>
/// <param name="Local">The same on the zone's clock with its offset; of a skipped time, the time that does not exist with the offset before the change.</param>
/// <param name="Note">A sentence about the mark, or null.</param>
public sealed record PreviewItem(DateTimeOffset At, DateTimeOffset Local, PreviewMark Mark, string? Note);

/// <summary>What a change of the clocks did to a line of a preview.</summary>
public enum PreviewMark
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The fire was moved out of a gap.</summary>
    Gap,

    /// <summary>The fire is the first of two at this local time.</summary>
    OverlapFirst,

    /// <summary>The fire is the second of two at this local time.</summary>
    OverlapSecond,

    /// <summary>There is no fire: the time lies in a gap and the schedule skips such times.</summary>
    SkippedGap,
}
