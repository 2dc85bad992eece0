using System.Globalization;
using System.Text.Json;

namespace Signalbox.Runner.Facts;

/// <summary>Writes and reads single members of facts.</summary>
/// <remarks>
/// What is written before a command starts and while it runs is written and read by hand: what the compiler generates for it is hundreds of methods that
/// the runtime has to translate first, at every start.
/// </remarks>
internal static class FactMembers
{
    private const string TimeFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";

    public static void WriteTime(Utf8JsonWriter writer, string name, DateTimeOffset value) =>
        writer.WriteString(name, value.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture));

    /// <summary>Nothing when there is no value.</summary>
    public static void WriteText(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    public static void WriteTexts(Utf8JsonWriter writer, string name, IReadOnlyDictionary<string, string> values)
    {
        writer.WriteStartObject(name);
        foreach (var (member, value) in values)
        {
            writer.WriteString(member, value);
        }

        writer.WriteEndObject();
    }

    public static void WriteList(Utf8JsonWriter writer, string name, IReadOnlyList<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }

    /// <summary>Nothing when there is no value.</summary>
    public static void WriteWhole(Utf8JsonWriter writer, string name, long? value)
    {
        if (value is { } given)
        {
            writer.WriteNumber(name, given);
        }
    }

    /// <summary>A member that must be there.</summary>
    /// <exception cref="JsonException">It is not there.</exception>
    public static JsonElement Of(JsonElement fact, string name) =>
        fact.ValueKind == JsonValueKind.Object && fact.TryGetProperty(name, out var member) ? member : throw new JsonException($"The fact has no member {name}.");

    /// <exception cref="JsonException">It is not there, or no text.</exception>
    public static string Text(JsonElement fact, string name) => OptionalText(fact, name) ?? throw new JsonException($"The fact's member {name} is no text.");

    /// <exception cref="JsonException">It is there and no text.</exception>
    public static string? OptionalText(JsonElement fact, string name) =>
        !fact.TryGetProperty(name, out var member) || member.ValueKind == JsonValueKind.Null ? null
        : member.ValueKind == JsonValueKind.String ? member.GetString()
        : throw new JsonException($"The fact's member {name} is no text.");

    /// <exception cref="JsonException">It is not there, or no whole number.</exception>
    public static long Whole(JsonElement fact, string name) =>
        Of(fact, name) is { ValueKind: JsonValueKind.Number } member && member.TryGetInt64(out var value) ? value : throw new JsonException($"The fact's member {name} is no whole number.");

    /// <exception cref="JsonException">It is there and no whole number.</exception>
    public static long? OptionalWhole(JsonElement fact, string name) =>
        !fact.TryGetProperty(name, out var member) || member.ValueKind == JsonValueKind.Null ? null : Whole(fact, name);

    /// <exception cref="JsonException">It is not there, or neither true nor false.</exception>
    public static bool Switch(JsonElement fact, string name) => Of(fact, name).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw new JsonException($"The fact's member {name} is neither true nor false."),
    };

    /// <exception cref="JsonException">It is not there, or no number.</exception>
    public static double Number(JsonElement fact, string name) =>
        Of(fact, name) is { ValueKind: JsonValueKind.Number } member && member.TryGetDouble(out var value) ? value : throw new JsonException($"The fact's member {name} is no number.");

    /// <exception cref="JsonException">It is not there, or no time.</exception>
    public static DateTimeOffset Time(JsonElement fact, string name) =>
        Of(fact, name) is { ValueKind: JsonValueKind.String } member && member.TryGetDateTimeOffset(out var value) ? value : throw new JsonException($"The fact's member {name} is no time.");

    /// <returns>Nothing when the member is not there.</returns>
    /// <exception cref="JsonException">It is there, and something else than texts by name.</exception>
    public static Dictionary<string, string> Texts(JsonElement fact, string name)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!fact.TryGetProperty(name, out var member))
        {
            return values;
        }

        if (member.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException($"The fact's member {name} is no object.");
        }

        foreach (var property in member.EnumerateObject())
        {
            values[property.Name] = Text(member, property.Name);
        }

        return values;
    }

    /// <returns>Nothing when the member is not there, and without what is null in it.</returns>
    /// <exception cref="JsonException">It is there, and something else than a list of texts.</exception>
    public static List<string> OptionalList(JsonElement fact, string name)
    {
        var texts = new List<string>();
        if (!fact.TryGetProperty(name, out var list) || list.ValueKind == JsonValueKind.Null)
        {
            return texts;
        }

        if (list.ValueKind != JsonValueKind.Array)
        {
            throw new JsonException($"The fact's member {name} is no list.");
        }

        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Null)
            {
                texts.Add(item.ValueKind == JsonValueKind.String ? item.GetString()! : throw new JsonException($"The fact's member {name} holds something else than texts."));
            }
        }

        return texts;
    }

    /// <exception cref="JsonException">It is not there, or no list of texts.</exception>
    public static List<string> List(JsonElement fact, string name)
    {
        var list = Of(fact, name);
        if (list.ValueKind != JsonValueKind.Array)
        {
            throw new JsonException($"The fact's member {name} is no list.");
        }

        var texts = new List<string>();
        foreach (var item in list.EnumerateArray())
        {
            texts.Add(item.ValueKind == JsonValueKind.String ? item.GetString()! : throw new JsonException($"The fact's member {name} holds something else than texts."));
        }

        return texts;
    }
}
