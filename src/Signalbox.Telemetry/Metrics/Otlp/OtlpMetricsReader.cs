using System.Text.Json;
using Signalbox.Telemetry.Wire;

namespace Signalbox.Telemetry.Metrics.Otlp;

/// <summary>Decodes the OTLP request <c>ExportMetricsServiceRequest</c>.</summary>
public static class OtlpMetricsReader
{
    /// <summary>Decodes protobuf; replaces what <paramref name="data"/> held.</summary>
    /// <exception cref="WireFormatException">The message is malformed.</exception>
    public static void ReadProtobuf(ReadOnlySpan<byte> message, OtlpMetricsData data)
    {
        data.Clear();
        new OtlpMetricsProtobuf(data).Read(message);
    }

    /// <summary>Decodes JSON; replaces what <paramref name="data"/> held.</summary>
    /// <exception cref="WireFormatException">The text is not JSON, or a value has the wrong type.</exception>
    public static void ReadJson(ReadOnlySpan<byte> text, OtlpMetricsData data)
    {
        data.Clear();
        try
        {
            new OtlpMetricsJson(data).Read(text);
        }
        catch (JsonException exception)
        {
            throw new WireFormatException($"The OTLP/JSON request is not valid JSON: {exception.Message}", exception);
        }
        catch (InvalidOperationException exception)
        {
            // The JSON reader says so when a string is not valid UTF-8 or has half a surrogate pair.
            throw new WireFormatException($"The OTLP/JSON request has a string that is not valid text: {exception.Message}", exception);
        }
    }
}
