namespace Signalbox.Telemetry.Metrics.Otlp;

/// <summary>The state of a delta accumulator, for its metrics.</summary>
/// <param name="Series">Series that are added up now.</param>
/// <param name="Evicted">Series given up because their tenant had too many.</param>
/// <param name="Expired">Series given up because nothing came for too long.</param>
/// <param name="OutOfOrder">Points refused because a later one had been added.</param>
public sealed record OtlpDeltaStatistics(long Series, long Evicted, long Expired, long OutOfOrder);
