namespace Signalbox.Telemetry.CrashWriter;

/// <summary>A wall clock that runs as the writer's samples do, minutes in a moment, so that flushes happen while it is being killed.</summary>
internal sealed class FastClock(DateTimeOffset start) : TimeProvider
{
    private long _milliseconds = start.ToUnixTimeMilliseconds();

    public long Milliseconds => Volatile.Read(ref _milliseconds);

    public void Advance(long milliseconds) => Interlocked.Add(ref _milliseconds, milliseconds);

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(Milliseconds);
}
