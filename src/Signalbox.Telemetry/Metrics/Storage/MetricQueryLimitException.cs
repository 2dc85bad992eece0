namespace Signalbox.Telemetry.Metrics.Storage;

/// <summary>A question would touch more than one question may; narrowing its selector or its window helps.</summary>
public sealed class MetricQueryLimitException(string message) : InvalidOperationException(message);
