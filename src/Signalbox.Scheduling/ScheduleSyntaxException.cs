namespace Signalbox.Scheduling;

/// <summary>Leaves a reader of schedules at the first character it does not understand; never leaves this project.</summary>
internal sealed class ScheduleSyntaxException(string message, int position) : Exception(message)
{
    public ScheduleError Error { get; } = new(message, position);
}
