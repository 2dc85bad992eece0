using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Signalbox.Sdk.Logging;

/// <summary>Writes an entry as one JSON object.</summary>
internal sealed class JsonLogLineWriter(LogLineOptions options) : LogLineWriter(options)
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Names that the line itself uses; an entry's field of such a name is written with an underscore before it.</summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal) { "level", "ts", "caller", "msg", "trace_id", "span_id", "component", "error" };

    protected override string Format(in LogEntry entry)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("level", entry.LevelName);
            json.WriteString("ts", entry.Time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("caller", entry.Caller);
            json.WriteString("msg", Cut(entry.Message));
            json.WriteString("trace_id", entry.Activity?.TraceId.ToHexString() ?? Options.TraceId);
            json.WriteString("span_id", entry.Activity?.SpanId.ToHexString() ?? Options.SpanId);
            json.WriteString("component", entry.Component);
            foreach (var (name, value) in Options.Fields)
            {
                json.WriteString(name, value);
            }

            foreach (var (name, value) in entry.Fields)
            {
                if (value is string text && text == entry.Message)
                {
                    // A message that is nothing but this value has told it already.
                    continue;
                }

                WriteField(json, Reserved.Contains(SnakeCase(name)) ? "_" + SnakeCase(name) : SnakeCase(name), value);
            }

            WriteException(json, entry.Exception);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    internal static string SnakeCase(string name) => LogLineLogger.ComponentOf(name);

    private void WriteField(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNull(name);
                break;
            case bool flag:
                json.WriteBoolean(name, flag);
                break;
            case int or long or short or byte or uint or ushort or sbyte:
                json.WriteNumber(name, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case ulong number:
                json.WriteNumber(name, number);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumber(name, number);
                break;
            case decimal number:
                json.WriteNumber(name, number);
                break;
            default:
                json.WriteString(name, Shown(name, Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty));
                break;
        }
    }

    private void WriteException(Utf8JsonWriter json, Exception? exception)
    {
        if (exception is null)
        {
            return;
        }

        json.WriteStartObject("error");
        json.WriteString("type", exception.GetType().FullName);
        json.WriteString("message", Cut(exception.Message));
        json.WriteString("stack", Cut(exception.ToString()));
        json.WriteEndObject();
    }
}
