using System.Diagnostics.Metrics;

namespace Signalbox.Server.Platform.Live;

/// <summary>What event streams count.</summary>
internal sealed class LiveMetrics
{
    public const string MeterName = "Signalbox.Live";

    private readonly UpDownCounter<int> _open;
    private readonly Counter<long> _events;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _failed;

    public LiveMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _open = meter.CreateUpDownCounter<int>("signalbox.live.streams", "{stream}", "Event streams open now.");
        _events = meter.CreateCounter<long>("signalbox.live.events", "{event}", "Events that somebody could be listening for.");
        _refused = meter.CreateCounter<long>("signalbox.live.streams.refused", "{stream}", "Event streams refused because of live.subscribers or live.topics.");
        _dropped = meter.CreateCounter<long>("signalbox.live.streams.dropped", "{stream}", "Event streams ended because their reader was too slow for live.queue.");
        _failed = meter.CreateCounter<long>("signalbox.live.polls.failed", "{poll}", "Looks for changes that failed; the next one tries again.");
    }

    public void Opened() => _open.Add(1);

    public void Closed() => _open.Add(-1);

    public void Published() => _events.Add(1);

    public void Refused() => _refused.Add(1);

    public void Dropped() => _dropped.Add(1);

    public void PollFailed() => _failed.Add(1);
}
