namespace Signalbox.Telemetry.Metrics.Exposition;

/// <summary>The media types of the text formats, and what a scraper asks for.</summary>
public static class ExpositionContentType
{
    public const string PrometheusText = "text/plain; version=0.0.4; charset=utf-8";

    public const string OpenMetrics = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    /// <summary>The <c>Accept</c> header of a scrape: OpenMetrics first, then text, then anything.</summary>
    public const string Accept = "application/openmetrics-text;version=1.0.0;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.1";

    /// <summary>The header value for a format.</summary>
    public static string Of(ExpositionFormat format) => format == ExpositionFormat.OpenMetrics ? OpenMetrics : PrometheusText;

    /// <summary>Reads a response's <c>Content-Type</c>; everything that is not OpenMetrics is taken as text, as old exporters name all sorts of types.</summary>
    public static ExpositionFormat FormatOf(string? contentType) =>
        contentType is not null && contentType.AsSpan().TrimStart().StartsWith("application/openmetrics-text", StringComparison.OrdinalIgnoreCase)
            ? ExpositionFormat.OpenMetrics
            : ExpositionFormat.PrometheusText;

    /// <summary>Chooses the format of an answer from a request's <c>Accept</c>: OpenMetrics only when it is asked for by name.</summary>
    public static ExpositionFormat Negotiate(string? accept) =>
        accept is not null && accept.Contains("application/openmetrics-text", StringComparison.OrdinalIgnoreCase)
            ? ExpositionFormat.OpenMetrics
            : ExpositionFormat.PrometheusText;
}
