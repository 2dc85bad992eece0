using System.Text.Json;
using System.Text.Json.Serialization;

namespace Signalbox.Runner.Facts;

/// <summary>The facts' form in the run's folder: camelCase, times with milliseconds, absent members left out.</summary>
/// <remarks>The command can write to the folder, too: a line that holds null where there must be something is a broken one, and an absent list is an empty one.</remarks>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    Converters = [typeof(MillisecondTimeConverter)])]
[JsonSerializable(typeof(RunStart))]
[JsonSerializable(typeof(ResourceSample))]
[JsonSerializable(typeof(PolicyDecided))]
[JsonSerializable(typeof(RunnerEvent))]
[JsonSerializable(typeof(WorkTreeChanged))]
internal sealed partial class FactsJson : JsonSerializerContext;

/// <summary>Times as RFC 3339 in UTC with milliseconds.</summary>
internal sealed class MillisecondTimeConverter : JsonConverter<DateTimeOffset>
{
    private const string Format = "yyyy-MM-ddTHH:mm:ss.fffZ";

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString(Format, System.Globalization.CultureInfo.InvariantCulture));
}
