using System.Text;

namespace Signalbox.Server.Audit.Records;

/// <summary>Measures texts as canonical JSON will write them.</summary>
internal static class TextSize
{
    /// <summary>Bytes between the quotes.</summary>
    public static int Of(ReadOnlySpan<char> text)
    {
        var size = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            size += Of(rune);
        }

        return size;
    }

    /// <summary>Whether a text has at most so many bytes; looks closely only when it must.</summary>
    public static bool Fits(ReadOnlySpan<char> text, int most) => text.Length * 6L <= most || (text.Length <= most && Of(text) <= most);

    /// <returns>How many UTF-16 units of it have at most so many bytes; never half a character.</returns>
    public static int Prefix(ReadOnlySpan<char> text, int most)
    {
        var units = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            most -= Of(rune);
            if (most < 0)
            {
                break;
            }

            units += rune.Utf16SequenceLength;
        }

        return units;
    }

    private static int Of(Rune rune) => rune.Value switch
    {
        '"' or '\\' or '\b' or '\t' or '\n' or '\f' or '\r' => 2,
        < ' ' => 6,
        _ => rune.Utf8SequenceLength,
    };
}
