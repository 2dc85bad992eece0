using System.Text.Json;

namespace Signalbox.Runner.Uploading;

/// <summary>Finds in a report which trace its run belongs to, so that the server's own records of it belong to the same.</summary>
internal static class ReportTrace
{
    /// <returns>As W3C Trace Context writes it; null when the report does not say. Source: https://www.w3.org/TR/trace-context/#traceparent-header</returns>
    public static string? Of(ReadOnlySpan<byte> report)
    {
        var reader = new Utf8JsonReader(report);
        string? trace = null, span = null;
        try
        {
            while ((trace is null || span is null) && reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName)
                {
                    continue;
                }

                var (isTrace, isSpan) = (reader.ValueTextEquals("traceId"u8), reader.ValueTextEquals("spanId"u8));
                reader.Read();
                if (reader.TokenType == JsonTokenType.String)
                {
                    (trace, span) = (isTrace ? reader.GetString() : trace, isSpan ? reader.GetString() : span);
                }
                else
                {
                    reader.Skip();
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }

        return IsHex(trace, 32) && IsHex(span, 16) ? $"00-{trace}-{span}-01" : null;
    }

    private static bool IsHex(string? text, int length) => text?.Length == length && text.All(char.IsAsciiHexDigitLower) && text.Any(static digit => digit != '0');
}
