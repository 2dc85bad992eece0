namespace Signalbox.Sdk.Resources;

/// <summary>Turns times that only grow into use since the reading before.</summary>
internal sealed class CpuMeter(ISystemSource source, TimeProvider clock)
{
    private long _timestamp = clock.GetTimestamp();
    private TimeSpan _process = source.ReadProcessTime();
    private (double Busy, double All)? _system = source.ReadSystemTicks();

    public CpuMetrics Read()
    {
        var now = clock.GetTimestamp();
        var process = source.ReadProcessTime();
        var system = source.ReadSystemTicks();
        var elapsed = clock.GetElapsedTime(_timestamp, now) * source.Processors;
        var own = elapsed > TimeSpan.Zero ? 100 * ((process - _process) / elapsed) : 0;
        double? all = _system is { } before && system is { } after && after.All > before.All ? 100 * (after.Busy - before.Busy) / (after.All - before.All) : null;
        (_timestamp, _process, _system) = (now, process, system);
        return new CpuMetrics(Math.Clamp(own, 0, 100), all is { } percent ? Math.Clamp(percent, 0, 100) : null, source.ReadLoad());
    }
}
