using System.Diagnostics.Metrics;

namespace Signalbox.Server.Jobs.Running;

/// <summary>What is counted of runs beside their duration.</summary>
internal sealed class RunningMetrics
{
    private readonly Meter _meter;
    private readonly Counter<long> _output;
    private readonly Counter<long> _cut;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _notWritten;

    public RunningMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(JobsMetrics.MeterName);
        _output = _meter.CreateCounter<long>("signalbox.job.output", "By", "Bytes that runs wrote, kept or not.");
        _cut = _meter.CreateCounter<long>("signalbox.job.output.cut", "{execution}", "Attempts of whose output some was left out.");
        _dropped = _meter.CreateCounter<long>("signalbox.job.output.dropped", "By", "Bytes of output left out because the database did not take them in time, or too many waited for it.");
        _notWritten = _meter.CreateCounter<long>("signalbox.job.output.failures", "{write}", "Writes of output that failed and were tried again.");
    }

    public void ObserveQuarantined(Func<int> count) =>
        _meter.CreateObservableGauge("signalbox.job.quarantined", () => count(), "{execution}", "Runs that were given up and still hold their slot.");

    public void Output(long bytes, bool cut)
    {
        _output.Add(bytes);
        if (cut)
        {
            _cut.Add(1);
        }
    }

    public void OutputDropped(long bytes) => _dropped.Add(bytes);

    public void OutputNotWritten() => _notWritten.Add(1);
}
