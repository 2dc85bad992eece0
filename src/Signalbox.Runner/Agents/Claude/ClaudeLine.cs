namespace Signalbox.Runner.Agents.Claude;

/// <summary>What every event of one line shares.</summary>
internal readonly record struct ClaudeLine(long Number, DateTimeOffset At);
