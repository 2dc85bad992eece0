using System.Diagnostics.Metrics;

namespace Signalbox.Server.Audit.Search;

/// <summary>What the search over the audit log counts and times.</summary>
internal sealed class SearchMetrics
{
    private readonly Meter _meter;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _sealed;
    private readonly Counter<long> _evicted;
    private readonly Counter<long> _loaded;
    private readonly Counter<long> _damaged;
    private readonly Counter<long> _bounded;

    public SearchMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(AuditMetrics.MeterName);
        _duration = _meter.CreateHistogram<double>("signalbox.audit.search.duration", "s", "Time that one search over the audit log took.");
        _sealed = _meter.CreateCounter<long>("signalbox.audit.search.eras", "{era}", "Eras of audit events whose index was written.");
        _evicted = _meter.CreateCounter<long>("signalbox.audit.search.evictions", "{log}", "Logs whose newest terms had to leave the memory because of audit.search.memory.");
        _loaded = _meter.CreateCounter<long>("signalbox.audit.search.loaded", "{event}", "Audit events that were read again for their terms: after a start, after an eviction, or because another instance wrote them.");
        _damaged = _meter.CreateCounter<long>("signalbox.audit.search.damaged", "{era}", "Eras whose index was missing or damaged when it was read; it is made again from the events.");
        _bounded = _meter.CreateCounter<long>("signalbox.audit.search.bounded", "{search}", "Searches that ended at audit.search.eras, or at too many damaged eras, and gave a cursor to go on from.");
    }

    public void ObserveMemory(Func<long> bytes) =>
        _meter.CreateObservableUpDownCounter("signalbox.audit.search.memory", bytes, "By", "Memory that the newest events' terms take.");

    public void Searched(TimeSpan duration) => _duration.Record(duration.TotalSeconds);

    public void Sealed() => _sealed.Add(1);

    public void Evicted() => _evicted.Add(1);

    public void Loaded(long events) => _loaded.Add(events);

    public void Damaged() => _damaged.Add(1);

    public void Bounded() => _bounded.Add(1);
}
