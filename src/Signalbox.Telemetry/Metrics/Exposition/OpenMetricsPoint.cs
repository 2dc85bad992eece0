namespace Signalbox.Telemetry.Metrics.Exposition;

/// <summary>The numbers of one sample line, as the rules of its family see them.</summary>
/// <param name="Seconds">Its timestamp in full precision; null when it has none.</param>
internal readonly record struct OpenMetricsPoint(double Value, double? Seconds, bool HasExemplar);
