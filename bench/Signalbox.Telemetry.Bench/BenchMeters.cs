using System.Diagnostics.Metrics;

namespace Signalbox.Telemetry.Bench;

/// <summary>Meters that nobody listens to.</summary>
internal sealed class BenchMeters : IMeterFactory
{
    public Meter Create(MeterOptions options) => new(options);

    public void Dispose()
    {
    }
}
