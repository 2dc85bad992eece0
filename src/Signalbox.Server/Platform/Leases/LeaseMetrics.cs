using System.Diagnostics.Metrics;

namespace Signalbox.Server.Platform.Leases;

/// <summary>What leases report about themselves.</summary>
internal sealed class LeaseMetrics
{
    public const string MeterName = "Signalbox.Leases";

    public const string Held = "held";
    public const string Limit = "limit";
    public const string Unavailable = "unavailable";
    public const string NotHolder = "refused";
    public const string Deadline = "deadline";

    private readonly Meter _meter;
    private readonly Histogram<double> _acquire;
    private readonly Histogram<double> _renew;
    private readonly Counter<long> _acquired;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _lost;
    private readonly Counter<long> _notReleased;
    private readonly Counter<long> _epochs;

    public LeaseMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _acquire = _meter.CreateHistogram<double>("signalbox.lease.acquire.duration", "s", "Time a provider took to give a lease.");
        _renew = _meter.CreateHistogram<double>("signalbox.lease.renew.duration", "s", "Time a provider took to answer a renewal, failures included.");
        _acquired = _meter.CreateCounter<long>("signalbox.lease.acquired", "{lease}", "Leases given.");
        _refused = _meter.CreateCounter<long>("signalbox.lease.refused", "{lease}", "Leases not given: somebody else holds it (held), a bound of this process (limit), or the provider did not answer (unavailable).");
        _lost = _meter.CreateCounter<long>("signalbox.lease.lost", "{lease}", "Leases lost: the provider refused to renew (refused), or the deadline passed without renewal (deadline).");
        _notReleased = _meter.CreateCounter<long>("signalbox.lease.release.failed", "{lease}", "Leases that could not be given back and ended with their time to live instead.");
        _epochs = _meter.CreateCounter<long>("signalbox.lease.epochs", "{epoch}", "Times that tokens were lifted because Redis or etcd was new, restarted or had lost its count.");
    }

    public void Observe(string provider, Func<int> held, Func<int> waiting)
    {
        var tag = new KeyValuePair<string, object?>("provider", provider);
        _meter.CreateObservableUpDownCounter("signalbox.lease.held", () => new Measurement<int>(held(), tag), "{lease}", "Leases that this process holds or asks for.");
        _meter.CreateObservableUpDownCounter("signalbox.lease.waiting", () => new Measurement<int>(waiting(), tag), "{caller}", "Callers of this process that wait for a lease.");
    }

    public void Acquired(string provider, TimeSpan duration)
    {
        _acquired.Add(1, Provider(provider));
        _acquire.Record(duration.TotalSeconds, Provider(provider));
    }

    public void Refused(string provider, string reason) => _refused.Add(1, Provider(provider), new("reason", reason));

    public void Renewed(string provider, TimeSpan duration) => _renew.Record(duration.TotalSeconds, Provider(provider));

    public void Lost(string provider, string reason) => _lost.Add(1, Provider(provider), new("reason", reason));

    public void NotReleased(string provider) => _notReleased.Add(1, Provider(provider));

    public void Lifted(string provider) => _epochs.Add(1, Provider(provider));

    private static KeyValuePair<string, object?> Provider(string name) => new("provider", name);
}
