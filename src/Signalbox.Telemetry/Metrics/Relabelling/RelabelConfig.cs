namespace Signalbox.Telemetry.Metrics.Relabelling;

/// <summary>One entry of <c>relabel_configs</c> or <c>metric_relabel_configs</c> as it is written; null means that the key is not there.</summary>
/// <remarks>Source: https://prometheus.io/docs/prometheus/latest/configuration/configuration/#relabel_config</remarks>
public sealed record RelabelConfig
{
    /// <summary><c>replace</c> by default; letters of either case.</summary>
    public string? Action { get; init; }

    public IReadOnlyList<string>? SourceLabels { get; init; }

    /// <summary><c>;</c> by default.</summary>
    public string? Separator { get; init; }

    /// <summary><c>(.*)</c> by default; matches the whole text.</summary>
    public string? Regex { get; init; }

    public string? TargetLabel { get; init; }

    /// <summary>Of <c>hashmod</c>; at least 1.</summary>
    public ulong? Modulus { get; init; }

    /// <summary><c>$1</c> by default.</summary>
    public string? Replacement { get; init; }
}
