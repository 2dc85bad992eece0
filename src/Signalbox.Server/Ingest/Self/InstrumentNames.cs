using Signalbox.Telemetry.Metrics;

namespace Signalbox.Server.Ingest.Self;

/// <summary>Gives the process's own instruments their Prometheus names: <c>signalbox.ingest.samples</c> in <c>{sample}</c> becomes <c>signalbox_ingest_samples_total</c>.</summary>
/// <remarks>Source: https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/</remarks>
internal static class InstrumentNames
{
    public static string Of(string instrument, string unit, MetricType type)
    {
        var name = Clean(instrument);
        var suffix = unit switch
        {
            "s" => "seconds",
            "ms" => "milliseconds",
            "By" => "bytes",
            "1" => type == MetricType.Gauge ? "ratio" : string.Empty,
            "%" => "percent",
            _ => string.Empty,
        };
        if (suffix.Length > 0 && !name.EndsWith("_" + suffix, StringComparison.Ordinal))
        {
            name += "_" + suffix;
        }

        return type == MetricType.Counter && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    public static string Label(string attribute) => Clean(attribute);

    private static string Clean(string text) => string.Create(text.Length, text, static (span, source) =>
    {
        for (var index = 0; index < span.Length; index++)
        {
            span[index] = char.IsAsciiLetterOrDigit(source[index]) ? source[index] : '_';
        }
    });
}
