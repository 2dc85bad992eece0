using System.Globalization;
using System.Text;

namespace Signalbox.Runner.Reports;

/// <summary>Puts texts from outside into Markdown so that they are shown as they are and do nothing: no table cell, link, mention or tag comes of them.</summary>
internal static class MarkdownText
{
    /// <summary>Breaks what platforms make links and mentions of after Markdown has been read, where no escape helps.</summary>
    private const char ZeroWidthSpace = '\u200b';

    private const int DefaultLength = 160;

    /// <summary>Running text on one line.</summary>
    public static string Plain(string text, int maxLength = DefaultLength)
    {
        var clean = OneLine(text, maxLength);
        var written = new StringBuilder(clean.Length + 16);
        for (var index = 0; index < clean.Length; index++)
        {
            var character = clean[index];
            AppendEscaped(written, character);
            var next = index + 1 < clean.Length ? clean[index + 1] : ' ';
            if (character == '@' || (character == '#' && char.IsAsciiDigit(next)) || (character == ':' && next == '/') || (character == '.' && EndsWithWww(clean, index)))
            {
                written.Append(ZeroWidthSpace);
            }
        }

        return written.ToString();
    }

    /// <summary>A path, a name or an id as code.</summary>
    public static string Code(string text, int maxLength = DefaultLength)
    {
        var clean = OneLine(text, maxLength);
        if (clean.Length > 0 && clean.AsSpan().IndexOfAny("`|\\<&") < 0)
        {
            return $"`{clean}`";
        }

        // Between backticks neither a backtick nor the bar of a table can be told in every dialect; as an element of HTML both can, and tags are none anywhere.
        var written = new StringBuilder("<code>");
        foreach (var character in clean)
        {
            AppendEscaped(written, character);
        }

        return written.Append("</code>").ToString();
    }

    /// <summary>A path as code; of a long one the end, where the name stands.</summary>
    public static string Path(string path)
    {
        const int MaxPath = 90;
        return Code(path.Length <= MaxPath ? path : string.Concat("…", path.AsSpan(path.Length - MaxPath + (char.IsLowSurrogate(path[^MaxPath]) ? 1 : 0))));
    }

    /// <summary>One line without control characters and without those that turn the direction of text around, cut to a length.</summary>
    public static string OneLine(string text, int maxLength)
    {
        var written = new StringBuilder(Math.Min(text.Length, maxLength));
        var space = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                space = written.Length > 0;
                continue;
            }

            if (written.Length + rune.Utf16SequenceLength + 2 > maxLength)
            {
                return written.Append('…').ToString();
            }

            if (space)
            {
                written.Append(' ');
                space = false;
            }

            written.Append(Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format ? "\ufffd" : rune.ToString());
        }

        return written.ToString();
    }

    /// <summary>As a reference by number: that is read by every dialect, in text, in cells and in elements alike.</summary>
    private static void AppendEscaped(StringBuilder written, char character)
    {
        if (character is '&' or '<' or '>' or '|' or '`' or '*' or '_' or '[' or ']' or '\\' or '~' or '$' or '!' or '"')
        {
            written.Append("&#").Append((int)character).Append(';');
        }
        else
        {
            written.Append(character);
        }
    }

    private static bool EndsWithWww(string text, int dot) => dot >= 3 && text.AsSpan(dot - 3, 3).Equals("www", StringComparison.OrdinalIgnoreCase);
}
