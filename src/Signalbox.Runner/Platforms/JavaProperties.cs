using System.Globalization;
using System.Text;

namespace Signalbox.Runner.Platforms;

/// <summary>Reads Java's files of properties.</summary>
/// <remarks>Source: https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/Properties.html#load(java.io.Reader)</remarks>
internal static class JavaProperties
{
    /// <summary>Longest joined line, in characters; what follows of it is left out.</summary>
    private const int MaxLine = 65_536;

    /// <param name="bytes">ISO 8859-1; null is no properties.</param>
    /// <param name="wanted">Keys that are kept; all others are left unread.</param>
    public static void ReadInto(Dictionary<string, string> properties, byte[]? bytes, IReadOnlySet<string> wanted)
    {
        if (bytes is null)
        {
            return;
        }

        foreach (var line in Logical(Encoding.Latin1.GetString(bytes)))
        {
            var end = KeyEnd(line);
            var key = Unescape(line[..end]);
            if (wanted.Contains(key))
            {
                var value = line.AsSpan(end).TrimStart(" \t\f");
                value = value is ['=' or ':', ..] ? value[1..].TrimStart(" \t\f") : value;
                properties[key] = Unescape(value.ToString());
            }
        }
    }

    /// <summary>Lines without comments, with those that end in an odd number of backslashes joined to the next.</summary>
    private static IEnumerable<string> Logical(string text)
    {
        var whole = string.Empty;
        foreach (var raw in text.Split('\n'))
        {
            var line = raw.TrimEnd('\r').TrimStart(' ', '\t', '\f');
            if (whole.Length == 0 && (line.Length == 0 || line[0] is '#' or '!'))
            {
                continue;
            }

            whole += whole.Length + line.Length > MaxLine ? string.Empty : line;
            var backslashes = whole.Length - whole.TrimEnd('\\').Length;
            if (backslashes % 2 == 1)
            {
                whole = whole[..^1];
                continue;
            }

            yield return whole;
            whole = string.Empty;
        }

        if (whole.Length > 0)
        {
            yield return whole;
        }
    }

    private static int KeyEnd(string line)
    {
        for (var index = 0; index < line.Length; index++)
        {
            if (line[index] == '\\')
            {
                index++;
            }
            else if (line[index] is '=' or ':' or ' ' or '\t' or '\f')
            {
                return index;
            }
        }

        return line.Length;
    }

    private static string Unescape(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] != '\\' || index + 1 == text.Length)
            {
                result.Append(text[index]);
                continue;
            }

            index++;
            if (text[index] == 'u' && index + 4 < text.Length && ushort.TryParse(text.AsSpan(index + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                result.Append((char)code);
                index += 4;
                continue;
            }

            result.Append(text[index] switch { 't' => '\t', 'n' => '\n', 'r' => '\r', 'f' => '\f', var other => other });
        }

        return result.ToString();
    }
}
