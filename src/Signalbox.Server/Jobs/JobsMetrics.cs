using System.Diagnostics.Metrics;

namespace Signalbox.Server.Jobs;

/// <summary>What the scheduler counts and times.</summary>
internal sealed class JobsMetrics
{
    public const string MeterName = "Signalbox.Jobs";

    private readonly Histogram<double> _duration;
    private readonly Counter<long> _attempts;
    private readonly Counter<long> _refused;

    public JobsMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _duration = meter.CreateHistogram<double>("signalbox.job.duration", "s", "Time that one attempt of an execution ran.");
        _attempts = meter.CreateCounter<long>("signalbox.job.attempts", "{attempt}", "Attempts that ended, by job; as many series as there are jobs and ways to end.");
        _refused = meter.CreateCounter<long>("signalbox.job.definitions.refused", "{definition}", "Definitions of jobs refused because of a bound; limit names the setting.");
    }

    /// <param name="kind"><c>command</c>, <c>http</c> or <c>handler</c>.</param>
    /// <param name="end">How the attempt ended.</param>
    public void Ran(string jobId, string kind, string end, TimeSpan duration)
    {
        var (ofKind, withEnd) = (new KeyValuePair<string, object?>("kind", kind), new KeyValuePair<string, object?>("end", end));
        _duration.Record(duration.TotalSeconds, ofKind, withEnd);
        _attempts.Add(1, new KeyValuePair<string, object?>("job_id", jobId), ofKind, withEnd);
    }

    /// <param name="limit">The setting whose bound it passed.</param>
    public void DefinitionRefused(string limit) => _refused.Add(1, new KeyValuePair<string, object?>("limit", limit));
}
