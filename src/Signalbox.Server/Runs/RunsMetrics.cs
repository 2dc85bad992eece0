using System.Diagnostics.Metrics;

namespace Signalbox.Server.Runs;

/// <summary>What the slice Runs counts.</summary>
internal sealed class RunsMetrics
{
    public const string MeterName = "Signalbox.Runs";

    private readonly Counter<long> _reports;
    private readonly Counter<long> _received;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _deleted;
    private readonly Counter<long> _failures;

    public RunsMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _reports = meter.CreateCounter<long>("signalbox.runs.reports", "{report}", "Reports of runs that were taken; result is created, replaced or repeated.");
        _received = meter.CreateCounter<long>("signalbox.runs.received", "By", "Bytes of runs' files that were taken.");
        _refused = meter.CreateCounter<long>("signalbox.runs.refused", "{request}", "Reports and parts of files refused; reason is the setting whose bound was passed, or the code of the problem.");
        _deleted = meter.CreateCounter<long>("signalbox.runs.deleted", "{run}", "Runs deleted; reason is age or request.");
        _failures = meter.CreateCounter<long>("signalbox.runs.retention.failures", "{attempt}", "Rounds of deleting old runs that failed; the next round goes on.");
    }

    /// <param name="result"><c>created</c>, <c>replaced</c> or <c>repeated</c>.</param>
    public void Reported(string result) => _reports.Add(1, new KeyValuePair<string, object?>("result", result));

    public void Received(long bytes) => _received.Add(bytes);

    /// <param name="reason">A setting, or a problem's code.</param>
    public void Refused(string reason) => _refused.Add(1, new KeyValuePair<string, object?>("reason", reason));

    /// <param name="reason"><c>age</c> or <c>request</c>.</param>
    public void Deleted(long runs, string reason) => _deleted.Add(runs, new KeyValuePair<string, object?>("reason", reason));

    public void RetentionFailed() => _failures.Add(1);
}
