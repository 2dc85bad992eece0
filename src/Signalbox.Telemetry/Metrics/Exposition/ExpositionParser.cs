using System.Text.Unicode;

namespace Signalbox.Telemetry.Metrics.Exposition;

/// <summary>Parses the text formats straight from UTF-8 bytes into callbacks.</summary>
public static class ExpositionParser
{
    /// <summary>Parses a whole exposition; nothing that came before an error should be kept.</summary>
    /// <exception cref="ExpositionFormatException">The text breaks the format; the message names the line.</exception>
    public static ExpositionSummary Parse(ReadOnlySpan<byte> text, ExpositionFormat format, IExpositionVisitor visitor)
    {
        ThrowIfNotUtf8(text);
        return format == ExpositionFormat.OpenMetrics
            ? new OpenMetricsParser(text, visitor).Parse()
            : new PrometheusTextParser(text, visitor).Parse();
    }

    /// <summary>Parses a whole exposition into a batch.</summary>
    /// <param name="defaultTimestamp">Milliseconds since the Unix epoch, for samples without a time of their own.</param>
    /// <inheritdoc cref="Parse(ReadOnlySpan{byte}, ExpositionFormat, IExpositionVisitor)" path="/exception"/>
    public static ExpositionSummary Parse(ReadOnlySpan<byte> text, ExpositionFormat format, long defaultTimestamp, MetricBatch batch) =>
        Parse(text, format, new ExpositionBatchBuilder(batch, defaultTimestamp));

    private static void ThrowIfNotUtf8(ReadOnlySpan<byte> text)
    {
        if (Utf8.IsValid(text))
        {
            return;
        }

        var lineNumber = 0;
        foreach (var range in text.Split((byte)'\n'))
        {
            lineNumber++;
            if (!Utf8.IsValid(text[range]))
            {
                throw new ExpositionFormatException("the line is not valid UTF-8", lineNumber, text[range]);
            }
        }
    }
}
