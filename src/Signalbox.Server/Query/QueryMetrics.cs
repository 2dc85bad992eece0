using System.Diagnostics.Metrics;

namespace Signalbox.Server.Query;

/// <summary>What the query slice counts and times.</summary>
internal sealed class QueryMetrics
{
    public const string MeterName = "Signalbox.Query";

    private readonly Histogram<double> _duration;
    private readonly UpDownCounter<long> _inFlight;
    private readonly UpDownCounter<long> _queued;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _samples;

    public QueryMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _duration = meter.CreateHistogram<double>("signalbox.query.duration", "s", "Time from request to result, waiting included.");
        _inFlight = meter.CreateUpDownCounter<long>("signalbox.query.in_flight", "{query}", "Queries being evaluated.");
        _queued = meter.CreateUpDownCounter<long>("signalbox.query.queued", "{query}", "Queries waiting for one of query.max_concurrency places.");
        _refused = meter.CreateCounter<long>("signalbox.query.refused", "{query}", "Queries a limit refused.");
        _samples = meter.CreateCounter<long>("signalbox.query.samples", "{sample}", "Samples that queries read.");
    }

    /// <param name="outcome"><c>success</c> or the error type of the answer.</param>
    public void Finished(string endpoint, string outcome, TimeSpan duration) =>
        _duration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("endpoint", endpoint), new KeyValuePair<string, object?>("outcome", outcome));

    public void InFlight(int change) => _inFlight.Add(change);

    public void Queued(int change) => _queued.Add(change);

    /// <param name="limit">The setting that refused it, for instance <c>query.max_queued</c>.</param>
    public void Refused(string limit) => _refused.Add(1, new KeyValuePair<string, object?>("limit", limit));

    public void SamplesRead(long count) => _samples.Add(count);
}
