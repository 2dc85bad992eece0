using System.Text.Json;

namespace Signalbox.Server.Audit.Events;

/// <summary>Looks for texts in JSON that are no texts: escapes can write halves of characters.</summary>
internal static class ReportTexts
{
    public static bool AreWhole(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                return IsWhole(value);
            case JsonValueKind.Array:
                return value.EnumerateArray().All(AreWhole);
            case JsonValueKind.Object:
                return value.EnumerateObject().All(static member => IsWhole(member) && AreWhole(member.Value));
            default:
                return true;
        }
    }

    private static bool IsWhole(JsonElement text)
    {
        try
        {
            _ = text.GetString();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static bool IsWhole(JsonProperty member)
    {
        try
        {
            _ = member.Name;
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
