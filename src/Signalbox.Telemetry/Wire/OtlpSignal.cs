namespace Signalbox.Telemetry.Wire;

/// <summary>The signals that OTLP carries.</summary>
public enum OtlpSignal
{
    Metrics,
    Logs,
    Traces,
}
