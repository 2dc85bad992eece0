using System.Text;

namespace Signalbox.Server.Jobs.Engine.Endings;

/// <summary>Makes a text from outside fit for a column.</summary>
internal static class DatabaseText
{
    /// <summary>Cut to its bound without halving a character; what no database takes (NUL, half a surrogate pair) becomes U+FFFD.</summary>
    /// <param name="most">UTF-16 units.</param>
    public static string? Fit(string? text, int most)
    {
        if (text is null)
        {
            return null;
        }

        var builder = new StringBuilder(Math.Min(text.Length, most));
        foreach (var rune in text.EnumerateRunes())
        {
            if (builder.Length + rune.Utf16SequenceLength > most)
            {
                break;
            }

            builder.Append(rune.Value == 0 ? Rune.ReplacementChar.ToString() : rune.ToString());
        }

        return builder.ToString();
    }
}
