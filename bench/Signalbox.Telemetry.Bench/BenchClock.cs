namespace Signalbox.Telemetry.Bench;

/// <summary>A wall clock that the measurement sets, over the machine's own stopwatch.</summary>
internal sealed class BenchClock(DateTimeOffset start) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = start;

    public long NowMilliseconds => Now.ToUnixTimeMilliseconds();

    public override DateTimeOffset GetUtcNow() => Now;
}
