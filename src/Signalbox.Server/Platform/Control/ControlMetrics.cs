using System.Diagnostics.Metrics;

namespace Signalbox.Server.Platform.Control;

/// <summary>What the control database reports about itself.</summary>
internal sealed class ControlMetrics
{
    public const string MeterName = "Signalbox.Control";

    private readonly Histogram<double> _commit;
    private readonly Counter<long> _writes;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _unavailable;
    private readonly Counter<long> _repeated;
    private readonly UpDownCounter<long> _connections;

    public ControlMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _commit = meter.CreateHistogram<double>("signalbox.control.commit.duration", "s", "Time from the first statement of a group of writes to its durable commit.");
        _writes = meter.CreateCounter<long>("signalbox.control.writes", "{write}", "Writes acknowledged; divided by the number of commits it gives the group size.");
        _refused = meter.CreateCounter<long>("signalbox.control.writes.refused", "{write}", "Work refused because control.queue_length were waiting already, or no connection became free within control.connection_wait.");
        _unavailable = meter.CreateCounter<long>("signalbox.control.unavailable", "{call}", "Work that failed because PostgreSQL or MySQL could not be reached or went away.");
        _repeated = meter.CreateCounter<long>("signalbox.control.repeated", "{write}", "Writes run again after PostgreSQL or MySQL undid them because of a deadlock or a conflict.");
        _connections = meter.CreateUpDownCounter<long>("signalbox.control.connections", "{connection}", "Open connections to PostgreSQL or MySQL.");
    }

    public void Committed(int writes, TimeSpan duration)
    {
        _writes.Add(writes);
        _commit.Record(duration.TotalSeconds);
    }

    public void Refused() => _refused.Add(1);

    public void Unavailable() => _unavailable.Add(1);

    public void Repeated() => _repeated.Add(1);

    public void ConnectionOpened() => _connections.Add(1);

    public void ConnectionClosed() => _connections.Add(-1);
}
