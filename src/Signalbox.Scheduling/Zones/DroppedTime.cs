namespace Signalbox.Scheduling;

/// <summary>A local time that did not happen because the clocks went over it.</summary>
/// <param name="GapEnd">The instant at which the clocks changed.</param>
/// <param name="Local">What the time would have been with the offset before the change.</param>
internal readonly record struct DroppedTime(DateTimeOffset GapEnd, DateTimeOffset Local);
