namespace Signalbox.Telemetry.Metrics.Otlp;

/// <summary>How OTLP metrics become series.</summary>
public sealed record OtlpTranslationOptions
{
    public OtlpTranslationStrategy Strategy { get; init; }

    /// <summary>Resource attributes that become labels of every series; by default none, as they are in <c>target_info</c>.</summary>
    public IReadOnlyList<string> PromoteResourceAttributes { get; init; } = [];

    /// <summary>Whether the scope's name, version, schema URL and attributes become labels <c>otel_scope_…</c>; off by default, as in Prometheus.</summary>
    public bool PromoteScopeMetadata { get; init; }

    /// <summary>Whether each resource with more than identifying attributes writes a <c>target_info</c> series.</summary>
    public bool TargetInfo { get; init; } = true;

    /// <summary>Most series with delta temporality that are added up for one tenant; 1 – 10 000 000, default 100 000. The one unused longest makes room.</summary>
    public int MaxDeltaSeriesPerTenant { get; init; } = 100_000;

    /// <summary>How long a delta series may be silent before its sum is forgotten; default 1 hour.</summary>
    public TimeSpan DeltaExpiry { get; init; } = TimeSpan.FromHours(1);
}
