using System.Diagnostics.Metrics;

namespace Signalbox.Server.Platform.Control;

/// <summary>What the control database reports about itself.</summary>
internal sealed class ControlMetrics
{
    public const string MeterName = "Signalbox.Control";

    private readonly Histogram<double> _commit;
    private readonly Counter<long> _writes;
    private readonly Counter<long> _refused;

    public ControlMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _commit = meter.CreateHistogram<double>("signalbox.control.commit.duration", "s", "Time from the first statement of a group of writes to its durable commit.");
        _writes = meter.CreateCounter<long>("signalbox.control.writes", "{write}", "Writes acknowledged; divided by the number of commits it gives the group size.");
        _refused = meter.CreateCounter<long>("signalbox.control.writes.refused", "{write}", "Writes refused because control.queue_length were waiting already.");
    }

    public void Committed(int writes, TimeSpan duration)
    {
        _writes.Add(writes);
        _commit.Record(duration.TotalSeconds);
    }

    public void Refused() => _refused.Add(1);
}
