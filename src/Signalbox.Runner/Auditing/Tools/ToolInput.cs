using System.Globalization;
using System.Text.Json;

namespace Signalbox.Runner.Auditing.Tools;

/// <summary>Reads members of a call's input, which an agent may give in any shape.</summary>
internal static class ToolInput
{
    /// <summary>The first of the members that is a text or a number.</summary>
    public static string? Text(JsonElement input, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Find(input, name) is { } value && Scalar(value) is { Length: > 0 } text)
            {
                return text;
            }
        }

        return null;
    }

    /// <param name="path">Names with dots between them; a number is a place in a list.</param>
    public static string? At(JsonElement input, string path)
    {
        var value = input;
        foreach (var name in path.Split('.'))
        {
            if (value.ValueKind == JsonValueKind.Array && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < value.GetArrayLength())
            {
                value = value[index];
            }
            else if (Find(value, name) is { } found)
            {
                value = found;
            }
            else
            {
                return null;
            }
        }

        return Scalar(value);
    }

    public static JsonElement? Find(JsonElement input, string name) => input.ValueKind == JsonValueKind.Object && input.TryGetProperty(name, out var value) ? value : null;

    private static string? Scalar(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };
}
