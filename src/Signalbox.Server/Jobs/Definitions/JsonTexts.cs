using System.Text.Json;

namespace Signalbox.Server.Jobs.Definitions;

/// <summary>Finds texts that are valid JSON and no valid Unicode: escapes of half a character, which no database takes.</summary>
internal static class JsonTexts
{
    public static bool AreValid(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    if (!IsValid(() => member.Name) || !AreValid(member.Value))
                    {
                        return false;
                    }
                }

                return true;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    if (!AreValid(item))
                    {
                        return false;
                    }
                }

                return true;
            case JsonValueKind.String:
                return IsValid(element.GetString);
            default:
                return true;
        }
    }

    private static bool IsValid(Func<string?> read)
    {
        try
        {
            read();
            return true;
        }
        catch (InvalidOperationException)
        {
            // The reader has no other way to say so.
            return false;
        }
    }
}
