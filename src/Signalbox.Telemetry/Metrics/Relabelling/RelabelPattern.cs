using System.Text;
using System.Text.RegularExpressions;

namespace Signalbox.Telemetry.Metrics.Relabelling;

/// <summary>A regular expression of a relabelling rule: anchored, linear in its input, with Go's numbering of groups.</summary>
internal sealed class RelabelPattern
{
    private readonly Regex _regex;

    /// <exception cref="ArgumentException">The expression does not parse, or needs backtracking.</exception>
    public RelabelPattern(string pattern)
    {
        var unnamed = WithoutGroupNames(pattern);
        try
        {
            _regex = new Regex("\\A(?s:" + unnamed + ")\\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, TimeSpan.FromSeconds(5));
        }
        catch (NotSupportedException exception)
        {
            throw new ArgumentException("it uses a construct that needs backtracking", nameof(pattern), exception);
        }
    }

    /// <summary>The groups that have a name, by it; group 1 is the first of the pattern.</summary>
    public Dictionary<string, int> GroupNames { get; } = new(StringComparer.Ordinal);

    public bool IsMatch(string text) => _regex.IsMatch(text);

    /// <summary>The groups of a match of the whole text, or null.</summary>
    public GroupCollection? Match(string text)
    {
        var match = _regex.Match(text);
        return match.Success ? match.Groups : null;
    }

    /// <summary>Makes named groups plain, because .NET numbers them after the others and Go counts them all in their order.</summary>
    private string WithoutGroupNames(string pattern)
    {
        var text = new StringBuilder(pattern.Length);
        var group = 0;
        var inClass = false;
        for (var index = 0; index < pattern.Length; index++)
        {
            var current = pattern[index];
            text.Append(current);
            if (current == '\\' && index + 1 < pattern.Length)
            {
                text.Append(pattern[++index]);
            }
            else if (inClass || current == '[')
            {
                inClass = current != ']' || IsFirstInClass(pattern, index);
            }
            else if (current == '(')
            {
                index += NameLength(pattern, index + 1, ref group);
            }
        }

        return text.ToString();
    }

    private static bool IsFirstInClass(string pattern, int index) =>
        pattern[index - 1] == '[' || (pattern[index - 1] == '^' && index >= 2 && pattern[index - 2] == '[');

    /// <summary>Counts a group; returns how many characters its name takes.</summary>
    private int NameLength(string pattern, int start, ref int group)
    {
        if (start >= pattern.Length || pattern[start] != '?')
        {
            group++;
            return 0;
        }

        var rest = pattern.AsSpan(start);
        var prefix = rest.StartsWith("?P<") ? 3 : rest.StartsWith("?<") && !rest.StartsWith("?<=") && !rest.StartsWith("?<!") ? 2 : 0;
        var end = rest.IndexOf('>');
        if (prefix == 0 || end < 0)
        {
            return 0;
        }

        GroupNames[rest[prefix..end].ToString()] = ++group;
        return end + 1;
    }
}
