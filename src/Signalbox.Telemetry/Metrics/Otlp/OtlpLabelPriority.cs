namespace Signalbox.Telemetry.Metrics.Otlp;

/// <summary>Which label stands when several want the same name; the higher wins, and attributes among themselves are joined.</summary>
internal enum OtlpLabelPriority
{
    PromotedResourceAttribute,
    Attribute,
    Scope,
    Target,
}
