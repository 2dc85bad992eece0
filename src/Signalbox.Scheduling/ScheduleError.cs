namespace Signalbox.Scheduling;

/// <summary>Why a text is not a schedule, and where.</summary>
/// <param name="Message">A sentence for the person who wrote the text.</param>
/// <param name="Position">0-based index of the character where the trouble starts; the text's length when something is missing at its end.</param>
public sealed record ScheduleError(string Message, int Position);
