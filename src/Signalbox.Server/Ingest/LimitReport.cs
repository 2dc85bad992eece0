using Signalbox.Server.Ingest.Intake;
using Signalbox.Server.Platform.Access;
using Signalbox.Server.Platform.Telemetry;
using Signalbox.Telemetry.Metrics;

namespace Signalbox.Server.Ingest;

/// <summary>Lists the bounds on what comes in, how much of each is used, and what each refused.</summary>
internal sealed class LimitReport(IMetricStore store, IngestGate gate, SourceTable sources, RefusalCounts refusals, ITargetList targets, IngestOptions options)
{
    /// <exception cref="MetricStoreUnavailableException">The store still reads its log.</exception>
    public IReadOnlyList<LimitItem> For(Principal principal)
    {
        var tenant = principal.Tenant;

        // The gate serves all tenants, so how full it is is told to those alone who run the server.
        int? inside = principal.OwnsServer ? gate.Inside : null;
        var kept = options.Storage.Store;
        var limits = options.Limits;
        var scrape = options.Scrape;
        return
        [
            Item(LimitNames.MaxSeriesPerTenant, "Active series of this tenant", "series", kept.MaxSeriesPerTenant, store.SeriesCount(tenant)),
            Item(LimitNames.MaxLabelsPerSeries, "Labels of a series, its name included", "labels", kept.MaxLabelsPerSeries),
            Item(LimitNames.MaxLabelNameBytes, "Length of a label's name", "bytes", kept.MaxLabelNameBytes),
            Item(LimitNames.MaxLabelValueBytes, "Length of a label's value", "bytes", kept.MaxLabelValueBytes),
            Item(LimitNames.OutOfOrderWindow, "Age of a sample behind its series' newest", "seconds", kept.OutOfOrderWindow.TotalSeconds),
            Item(LimitNames.FutureTolerance, "Lead of a sample before this machine's clock", "seconds", kept.FutureTolerance.TotalSeconds),
            Item(LimitNames.OtlpMaxBodyBytes, "Size of an OTLP request, decompressed", "bytes", limits.OtlpMaxBodyBytes),
            Item(LimitNames.RemoteWriteMaxBodyBytes, "Size of a remote-write request, decompressed", "bytes", limits.RemoteWriteMaxBodyBytes),
            Item(LimitNames.MaxSamplesPerRequest, "Samples of a request", "samples", limits.MaxSamplesPerRequest),
            Item(LimitNames.MaxConcurrentRequests, "Requests served at the same time", "requests", limits.MaxConcurrentRequests, inside is null ? null : Math.Min(inside.Value, limits.MaxConcurrentRequests)),
            Item(LimitNames.MaxWaitingRequests, "Requests that wait for their turn", "requests", limits.MaxWaitingRequests, inside is null ? null : Math.Max(inside.Value - limits.MaxConcurrentRequests, 0)),
            Item(LimitNames.MaxTargets, "Targets that are scraped", "targets", scrape.MaxTargets, targets.Active(tenant).Count),
            Item(LimitNames.MaxSourcesPerTenant, "Senders that are remembered", "sources", limits.MaxSourcesPerTenant, sources.CountOf(tenant)),
        ];

        LimitItem Item(string name, string description, string unit, double value, double? used = null) =>
            new(name, description, unit, value, used, refusals.Of(tenant, name));
    }
}
