using System.Diagnostics.Metrics;

namespace Signalbox.Server.Tests.Jobs.Engine;

/// <summary>Counts what the reconciler reports.</summary>
internal sealed class ScheduleCounts : IDisposable
{
    private readonly MeterListener _listener = new();

    public ScheduleCounts(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, meters) && instrument.Name is "signalbox.schedule.missed" or "signalbox.schedule.extra")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
        {
            if (instrument.Name == "signalbox.schedule.missed")
            {
                Missed += value;
            }
            else
            {
                Extra += value;
            }
        });
        _listener.Start();
    }

    public long Missed { get; private set; }

    public long Extra { get; private set; }

    public void Dispose() => _listener.Dispose();
}
