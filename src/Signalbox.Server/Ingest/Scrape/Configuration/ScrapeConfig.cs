using Signalbox.PromQL.Model;
using Signalbox.Telemetry.Metrics.Relabelling;

namespace Signalbox.Server.Ingest.Scrape.Configuration;

/// <summary>One entry of <c>scrape_configs</c>, with the global defaults filled in.</summary>
/// <remarks>Source: https://prometheus.io/docs/prometheus/latest/configuration/configuration/#scrape_config</remarks>
internal sealed record ScrapeConfig
{
    public required string JobName { get; init; }

    public required TimeSpan Interval { get; init; }

    /// <summary>At most the interval.</summary>
    public required TimeSpan Timeout { get; init; }

    public string MetricsPath { get; init; } = "/metrics";

    public string Scheme { get; init; } = "http";

    public IReadOnlyDictionary<string, IReadOnlyList<string>> Parameters { get; init; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    public bool HonorLabels { get; init; }

    public bool HonorTimestamps { get; init; } = true;

    public bool TrackTimestampsStaleness { get; init; }

    public IReadOnlyList<TargetGroup> StaticGroups { get; init; } = [];

    /// <summary>Absolute patterns of files; the last part may hold asterisks.</summary>
    public IReadOnlyList<string> TargetFiles { get; init; } = [];

    public IReadOnlyList<RelabelRule> RelabelRules { get; init; } = [];

    public IReadOnlyList<RelabelRule> MetricRelabelRules { get; init; } = [];

    public required ScrapeLimits Limits { get; init; }

    public required ScrapeHttpConfig Http { get; init; }
}

/// <summary>What one scrape may bring; 0 means that this bound is not set.</summary>
/// <param name="BodyBytes">After decompression.</param>
/// <param name="Samples">After relabelling.</param>
/// <param name="Targets">Of the whole configuration.</param>
internal sealed record ScrapeLimits(long BodyBytes, long Samples, long Labels, long LabelNameLength, long LabelValueLength, long Targets);

/// <summary>Targets that share labels.</summary>
/// <param name="Labels">Added to each target.</param>
internal sealed record TargetGroup(IReadOnlyList<string> Targets, IReadOnlyList<Label> Labels);
