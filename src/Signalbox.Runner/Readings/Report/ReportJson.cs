using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Readings.Report;

/// <summary>The report's form: camelCase, times with milliseconds, absent members left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(MillisecondTimeConverter)])]
[JsonSerializable(typeof(RunReport))]
[JsonSerializable(typeof(OutcomeReport))]
[JsonSerializable(typeof(TimelineEntry))]
internal sealed partial class ReportJson : JsonSerializerContext
{
    private static ReportJson? written;

    /// <summary>The one to use: letters of all scripts stand as they are; the files are never put into a page as they are.</summary>
    public static ReportJson Written => written ??= new ReportJson(new JsonSerializerOptions(Default.GeneratedSerializerOptions!) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
