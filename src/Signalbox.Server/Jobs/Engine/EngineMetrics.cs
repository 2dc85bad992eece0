using System.Diagnostics.Metrics;

namespace Signalbox.Server.Jobs.Engine;

/// <summary>What the engine counts and times.</summary>
internal sealed class EngineMetrics
{
    private readonly Meter _meter;
    private readonly Counter<long> _missed;
    private readonly Counter<long> _extra;
    private readonly Counter<long> _fires;
    private readonly Counter<long> _ended;
    private readonly Counter<long> _leasesLost;
    private readonly Counter<long> _zombies;
    private readonly Counter<long> _beyondCap;
    private readonly Counter<long> _evicted;
    private readonly Histogram<double> _startLatency;

    public EngineMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(JobsMetrics.MeterName);
        _missed = _meter.CreateCounter<long>("signalbox.schedule.missed", "{fire}", "Nominal fires that the schedules in force planned and nobody accounted for; must stay 0.");
        _extra = _meter.CreateCounter<long>("signalbox.schedule.extra", "{execution}", "Executions of a schedule that no schedule in force planned; must stay 0.");
        _fires = _meter.CreateCounter<long>("signalbox.schedule.fires_without_run", "{fire}", "Nominal fires that got no run of their own, by outcome and reason.");
        _ended = _meter.CreateCounter<long>("signalbox.job.executions", "{execution}", "Executions that ended, by state.");
        _leasesLost = _meter.CreateCounter<long>("signalbox.job.leases.lost", "{execution}", "Running executions whose lease this server lost, or that it found without a server.");
        _zombies = _meter.CreateCounter<long>("signalbox.job.zombie_finishes", "{execution}", "Ends of attempts that were not written because the execution had passed to somebody else.");
        _beyondCap = _meter.CreateCounter<long>("signalbox.schedule.beyond_catch_up", "{fire}", "Missed fires beyond the number that is caught up with one by one; each batch is logged as a warning.");
        _evicted = _meter.CreateCounter<long>("signalbox.job.definition_cache.evictions", "{job}", "Definitions dropped from memory because jobs.definition_cache were kept already.");
        _startLatency = _meter.CreateHistogram<double>("signalbox.job.start.latency", "s", "From the due time of an execution to the claim of its first attempt.");

        // What must stay 0 is shown from the start.
        _missed.Add(0);
        _extra.Add(0);
        _leasesLost.Add(0);
        _zombies.Add(0);
    }

    public void Missed(long count) => _missed.Add(count);

    public void Extra(long count) => _extra.Add(count);

    /// <param name="outcome"><c>coalesced</c>, <c>skipped</c> or <c>missed</c>.</param>
    public void WithoutRun(string outcome, string? reason, long count) =>
        _fires.Add(count, new KeyValuePair<string, object?>("outcome", outcome), new KeyValuePair<string, object?>("reason", reason ?? string.Empty));

    public void Ended(string state) => _ended.Add(1, new KeyValuePair<string, object?>("state", state));

    public void LeaseLost() => _leasesLost.Add(1);

    public void Zombie() => _zombies.Add(1);

    public void BeyondCap(long count) => _beyondCap.Add(count);

    public void DefinitionsEvicted(int count) => _evicted.Add(count);

    public void Started(TimeSpan afterDue) => _startLatency.Record(Math.Max(afterDue.TotalSeconds, 0));

    /// <summary>Shows what is asked for only when somebody collects.</summary>
    public void Watch(Func<IEnumerable<Measurement<double>>> loopAges, Func<int> running, Func<int> slots, Func<long> waiting)
    {
        _meter.CreateObservableGauge("signalbox.job.loop.age", loopAges, "s", "Time since a loop of the engine last got through a round.");
        _meter.CreateObservableGauge("signalbox.job.running", running, "{execution}", "Executions that run in this process.");
        _meter.CreateObservableGauge("signalbox.job.slots", slots, "{slot}", "Executions that may run in this process at the same time.");
        _meter.CreateObservableGauge("signalbox.job.waiting", waiting, "{execution}", "Executions whose due time has come and that wait, in the whole database.");
    }
}
