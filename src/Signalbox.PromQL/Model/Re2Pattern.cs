using System.Text;
using System.Text.RegularExpressions;

namespace Signalbox.PromQL.Model;

/// <summary>Compiles regular expressions written in RE2's syntax, which PromQL uses, on the engine that cannot run away.</summary>
/// <remarks>Source: https://github.com/google/re2/wiki/Syntax</remarks>
internal static class Re2Pattern
{
    private static readonly Dictionary<string, string> Classes = new(StringComparer.Ordinal)
    {
        ["alnum"] = "0-9A-Za-z",
        ["alpha"] = "A-Za-z",
        ["ascii"] = @"\x00-\x7F",
        ["blank"] = @"\t ",
        ["cntrl"] = @"\x00-\x1F\x7F",
        ["digit"] = "0-9",
        ["graph"] = "!-~",
        ["lower"] = "a-z",
        ["print"] = " -~",
        ["punct"] = @"!-/:-@\[-`{-~",
        ["space"] = @"\t\n\v\f\r ",
        ["upper"] = "A-Z",
        ["word"] = "0-9A-Za-z_",
        ["xdigit"] = "0-9A-Fa-f",
    };

    /// <summary>A pattern that must match the whole text, the dot matching line feeds too.</summary>
    /// <exception cref="ArgumentException">The pattern does not parse, or needs backtracking.</exception>
    public static Regex Anchored(string pattern)
    {
        try
        {
            return new Regex($"\\A(?s:{Translate(pattern)})\\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, TimeSpan.FromSeconds(5));
        }
        catch (NotSupportedException exception)
        {
            throw new ArgumentException($"Regular expression '{pattern}' uses a construct that needs backtracking.", nameof(pattern), exception);
        }
    }

    private static string Translate(string pattern)
    {
        var text = new StringBuilder(pattern.Length + 8);
        var inClass = false;
        for (var position = 0; position < pattern.Length; position++)
        {
            var rest = pattern.AsSpan(position);
            if (rest.StartsWith(@"\Q", StringComparison.Ordinal))
            {
                position += Quoted(rest, text);
            }
            else if (rest[0] == '\\' && rest.Length > 1)
            {
                text.Append(Escape(rest[1], inClass));
                position++;
            }
            else if (inClass && rest.StartsWith("[:", StringComparison.Ordinal) && rest.IndexOf(":]", StringComparison.Ordinal) is > 0 and var end)
            {
                text.Append(Classes.TryGetValue(rest[2..end].ToString(), out var members)
                    ? members
                    : throw new ArgumentException($"invalid character class range: {rest[..(end + 2)]}", nameof(pattern)));
                position += end + 1;
            }
            else if (!inClass && rest.StartsWith("(?P<", StringComparison.Ordinal))
            {
                text.Append("(?<");
                position += 3;
            }
            else if (inClass)
            {
                // An opening bracket inside a class is an ordinary character in RE2.
                inClass = rest[0] != ']';
                text.Append(rest[0] == '[' ? @"\[" : rest[0].ToString());
            }
            else if (rest[0] == '[')
            {
                inClass = true;
                position += ClassStart(rest, text);
            }
            else
            {
                text.Append(rest[0]);
            }
        }

        return text.ToString();
    }

    /// <summary>Appends a class's beginning, where a closing bracket is an ordinary character; returns how many characters to skip.</summary>
    private static int ClassStart(ReadOnlySpan<char> rest, StringBuilder text)
    {
        var negated = rest.Length > 1 && rest[1] == '^';
        var length = negated ? 2 : 1;
        text.Append(rest[..length]);
        if (rest.Length > length && rest[length] == ']')
        {
            text.Append(@"\]");
            length++;
        }

        return length - 1;
    }

    /// <summary>Digits, word characters and spaces are ASCII in RE2.</summary>
    private static string Escape(char escaped, bool inClass) => (escaped, inClass) switch
    {
        ('d', true) => "0-9",
        ('w', true) => "0-9A-Za-z_",
        ('s', true) => @"\t\n\f\r ",
        ('d', false) => "[0-9]",
        ('D', false) => "[^0-9]",
        ('w', false) => "[0-9A-Za-z_]",
        ('W', false) => "[^0-9A-Za-z_]",
        ('s', false) => @"[\t\n\f\r ]",
        ('S', false) => @"[^\t\n\f\r ]",
        _ => "\\" + escaped,
    };

    /// <summary>Appends what stands between <c>\Q</c> and <c>\E</c>; returns how many characters to skip.</summary>
    private static int Quoted(ReadOnlySpan<char> rest, StringBuilder text)
    {
        var end = rest.IndexOf(@"\E", StringComparison.Ordinal);
        text.Append(Regex.Escape((end < 0 ? rest[2..] : rest[2..end]).ToString()));
        return end < 0 ? rest.Length - 1 : end + 1;
    }
}
