namespace Signalbox.Telemetry.Metrics.Relabelling;

/// <summary>A relabelling rule is not valid; the message says every fault of it.</summary>
public sealed class RelabelConfigException(string message) : FormatException(message);
