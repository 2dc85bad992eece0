namespace Signalbox.Telemetry.Metrics.Otlp;

/// <summary>How OTLP names become metric and label names.</summary>
/// <remarks>Source: https://prometheus.io/docs/prometheus/latest/configuration/configuration/ (section <c>otlp</c>).</remarks>
public enum OtlpTranslationStrategy
{
    /// <summary>Characters outside the classic set become underscores; unit and <c>_total</c> are appended. The default.</summary>
    UnderscoreEscapingWithSuffixes,

    /// <summary>Characters outside the classic set become underscores; nothing is appended.</summary>
    UnderscoreEscapingWithoutSuffixes,

    /// <summary>Names keep their characters; unit and <c>_total</c> are appended.</summary>
    NoUTF8EscapingWithSuffixes,

    /// <summary>Names stay as they are.</summary>
    NoTranslation,
}
