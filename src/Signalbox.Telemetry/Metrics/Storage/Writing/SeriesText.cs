using System.Text.Unicode;

namespace Signalbox.Telemetry.Metrics.Storage.Writing;

/// <summary>Shows a series to the sender of a refused sample.</summary>
internal static class SeriesText
{
    private const int MostCharacters = 300;

    public static string Of(ReadOnlySpan<byte> key)
    {
        var text = SeriesKey.ToLabels(key).ToString();
        return text.Length <= MostCharacters ? text : text[..MostCharacters] + "…";
    }

    /// <summary>Whether bytes are a key: whole parts in pairs, of UTF-8.</summary>
    public static bool IsKey(ReadOnlySpan<byte> key)
    {
        try
        {
            while (!key.IsEmpty)
            {
                if (!Utf8.IsValid(SeriesKey.ReadPart(ref key)) || !Utf8.IsValid(SeriesKey.ReadPart(ref key)))
                {
                    return false;
                }
            }

            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
