using System.Diagnostics.Metrics;
using Signalbox.Server.Ingest.Intake;
using Signalbox.Telemetry.Metrics.Otlp;

namespace Signalbox.Server.Ingest;

/// <summary>What became of a request or a scrape.</summary>
internal enum IngestOutcome
{
    Accepted,

    /// <summary>Some of its samples were refused.</summary>
    Partial,

    /// <summary>It does not follow its format.</summary>
    Malformed,

    /// <summary>It breaks a limit as a whole.</summary>
    TooLarge,

    /// <summary>Too many others were being served.</summary>
    Busy,

    /// <summary>The store could not take it.</summary>
    Unavailable,

    /// <summary>The target could not be reached, or answered with an error.</summary>
    Failed,
}

/// <summary>What the slice measures of itself.</summary>
internal sealed class IngestMetrics
{
    public const string MeterName = "Signalbox.Server.Ingest";

    private readonly Meter _meter;
    private readonly Counter<long> _samples;
    private readonly Counter<long> _requests;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _evicted;
    private readonly Counter<long> _exemplars;
    private readonly Histogram<double> _duration;
    private readonly Histogram<long> _bytes;

    public IngestMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _samples = _meter.CreateCounter<long>("signalbox.ingest.samples", "{sample}", "Samples that came in, by protocol and by what became of them.");
        _requests = _meter.CreateCounter<long>("signalbox.ingest.requests", "{request}", "Requests, scrapes and collections, by protocol and by what became of them.");
        _refused = _meter.CreateCounter<long>("signalbox.ingest.refused", "{item}", "Samples and requests that a limit refused, by the limit's name.");
        _evicted = _meter.CreateCounter<long>("signalbox.ingest.sources.evicted", "{source}", "Senders forgotten because a tenant had too many.");
        _exemplars = _meter.CreateCounter<long>("signalbox.ingest.exemplars.dropped", "{exemplar}", "Exemplars that came in and were dropped, as the store keeps none.");
        _duration = _meter.CreateHistogram("signalbox.ingest.append.duration", "s", "Time to make a batch durable.", advice: Buckets(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10));
        _bytes = _meter.CreateHistogram("signalbox.ingest.request.size", "By", "Bytes of requests after decompression.", advice: new InstrumentAdvice<long> { HistogramBucketBoundaries = [1024, 16384, 131_072, 1_048_576, 8_388_608, 67_108_864] });
    }

    public void Appended(SourceKind kind, long accepted, long rejected, TimeSpan duration)
    {
        var protocol = Protocol(kind);
        _samples.Add(accepted, protocol, Outcome("accepted"));
        if (rejected > 0)
        {
            _samples.Add(rejected, protocol, Outcome("rejected"));
        }

        _requests.Add(1, protocol, Outcome(NameOf(rejected > 0 ? IngestOutcome.Partial : IngestOutcome.Accepted)));
        _duration.Record(duration.TotalSeconds, protocol);
    }

    public void Failed(SourceKind kind, IngestOutcome outcome) => _requests.Add(1, Protocol(kind), Outcome(NameOf(outcome)));

    public void Received(SourceKind kind, long bytes) => _bytes.Record(bytes, Protocol(kind));

    public void Refused(string limit, long count) => _refused.Add(count, new KeyValuePair<string, object?>("limit", limit));

    public void ExemplarsDropped(SourceKind kind, long count)
    {
        if (count > 0)
        {
            _exemplars.Add(count, Protocol(kind));
        }
    }

    public void ObserveDeltas(Func<OtlpDeltaStatistics> statistics)
    {
        _meter.CreateObservableGauge("signalbox.ingest.otlp.delta.series", () => statistics().Series, "{series}", "Series of delta temporality that are added up.");
        _meter.CreateObservableCounter("signalbox.ingest.otlp.delta.evicted", () => statistics().Evicted, "{series}", "Delta sums given up because their tenant had too many.");
        _meter.CreateObservableCounter("signalbox.ingest.otlp.delta.expired", () => statistics().Expired, "{series}", "Delta sums given up because nothing came for too long.");
        _meter.CreateObservableCounter("signalbox.ingest.otlp.delta.out_of_order", () => statistics().OutOfOrder, "{point}", "Delta points refused because a later one had been added.");
    }

    public void SourceEvicted() => _evicted.Add(1);

    public void ObserveSources(Func<int> count) => _meter.CreateObservableGauge("signalbox.ingest.sources.known", () => count(), "{source}", "Senders that are remembered.");

    public void ObserveRequests(Func<int> inside) =>
        _meter.CreateObservableUpDownCounter("signalbox.ingest.requests.inside", () => inside(), "{request}", "Requests that are served or wait for their turn.");

    public void ObserveTargets(Func<IEnumerable<Measurement<int>>> targets) =>
        _meter.CreateObservableGauge("signalbox.ingest.scrape.targets", targets, "{target}", "Scrape targets, by health.");

    private static InstrumentAdvice<double> Buckets(params double[] bounds) => new() { HistogramBucketBoundaries = bounds };

    private static KeyValuePair<string, object?> Protocol(SourceKind kind) => new("protocol", SourceKinds.NameOf(kind));

    private static KeyValuePair<string, object?> Outcome(string outcome) => new("outcome", outcome);

    private static string NameOf(IngestOutcome outcome) => outcome switch
    {
        IngestOutcome.Accepted => "accepted",
        IngestOutcome.Partial => "partial",
        IngestOutcome.Malformed => "malformed",
        IngestOutcome.TooLarge => "too-large",
        IngestOutcome.Busy => "busy",
        IngestOutcome.Unavailable => "unavailable",
        _ => "failed",
    };
}
