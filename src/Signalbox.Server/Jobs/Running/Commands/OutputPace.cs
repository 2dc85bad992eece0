namespace Signalbox.Server.Jobs.Running.Commands;

/// <summary>Says how long the reader of a flooding command has to wait, so that it costs no more than its share of a processor. Thread-safe.</summary>
/// <param name="rate">Bytes a second over a longer time; as many may come at once.</param>
internal sealed class OutputPace(long rate, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private double _level;
    private long _last = clock.GetTimestamp();

    public TimeSpan After(int bytes)
    {
        lock (_gate)
        {
            var now = clock.GetTimestamp();
            _level = Math.Max(0, _level - (clock.GetElapsedTime(_last, now).TotalSeconds * rate)) + bytes;
            _last = now;
            return _level > rate ? TimeSpan.FromSeconds((_level - rate) / rate) : TimeSpan.Zero;
        }
    }
}
