using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Signalbox.Runner.Agents.Mapping;

/// <summary>Says where one member of an event comes from.</summary>
internal abstract record MappedValue
{
    /// <summary>As a JSON value; null when it is absent.</summary>
    public abstract JsonElement? Find(MappedLine line);

    /// <summary>A text as it is, numbers and truth values as they are written, arrays and objects as JSON; null when it is absent.</summary>
    public virtual string? Text(MappedLine line) => Find(line) is not { } value ? null
        : JsonTexts.Bound(value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText());

    /// <summary>A number, also from a text; null when it is none.</summary>
    public double? Number(MappedLine line) =>
        double.TryParse(Text(line), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}

/// <summary>The same text always.</summary>
internal sealed record ConstantValue(string Value) : MappedValue
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly JsonElement _element = ToElement(writer => writer.WriteStringValue(Value));

    public override JsonElement? Find(MappedLine line) => _element;

    public override string Text(MappedLine line) => Value;

    public static JsonElement ToElement(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Relaxed))
        {
            write(writer);
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }
}

/// <summary>What stands at a path.</summary>
internal sealed record PathValue(JsonPath Path) : MappedValue
{
    public override JsonElement? Find(MappedLine line) => Path.Find(line);
}

/// <summary>A text with paths in braces, such as <c>{$.item.id}-{$index}</c>; absent when one of them is.</summary>
/// <param name="Parts">Texts and paths.</param>
internal sealed record TemplateValue(IReadOnlyList<MappedValue> Parts) : MappedValue
{
    public override JsonElement? Find(MappedLine line) => Text(line) is { } text ? ConstantValue.ToElement(writer => writer.WriteStringValue(text)) : null;

    public override string? Text(MappedLine line)
    {
        var text = new StringBuilder();
        foreach (var part in Parts)
        {
            if (part.Text(line) is not { } value)
            {
                return null;
            }

            text.Append(value);
        }

        return text.ToString();
    }
}

/// <summary>The first of several that is there.</summary>
internal sealed record FirstValue(IReadOnlyList<MappedValue> Values) : MappedValue
{
    public override JsonElement? Find(MappedLine line)
    {
        foreach (var value in Values)
        {
            if (value.Find(line) is { } found)
            {
                return found;
            }
        }

        return null;
    }
}

/// <summary>A JSON object made of further values; those that are absent are left out.</summary>
internal sealed record ObjectValue(IReadOnlyList<KeyValuePair<string, MappedValue>> Members) : MappedValue
{
    public override JsonElement? Find(MappedLine line) => ConstantValue.ToElement(writer =>
    {
        writer.WriteStartObject();
        foreach (var (name, value) in Members)
        {
            if (value.Find(line) is { } element)
            {
                writer.WritePropertyName(name);
                element.WriteTo(writer);
            }
        }

        writer.WriteEndObject();
    });
}
