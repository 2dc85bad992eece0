using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace Signalbox.PromQL.Model;

/// <summary>How a <see cref="LabelMatcher"/> compares.</summary>
public enum MatchKind
{
    Equal,
    NotEqual,
    Regex,
    NotRegex,
}

/// <summary>One condition of a selector on one label.</summary>
/// <remarks>
/// A regular expression matches the whole value, with dot matching line feeds, on the non-backtracking engine: linear in the value, so a hostile pattern cannot hang a query.
/// An absent label has the empty value.
/// </remarks>
public sealed class LabelMatcher
{
    private static readonly SearchValues<char> PatternCharacters = SearchValues.Create(@"\.+*?()[]{}^$");
    private readonly Regex? _regex;

    /// <exception cref="ArgumentException">The regular expression does not parse, or needs backtracking.</exception>
    public LabelMatcher(string name, MatchKind kind, string value)
    {
        Name = name;
        Kind = kind;
        Value = value;
        if (kind is MatchKind.Regex or MatchKind.NotRegex)
        {
            Literals = LiteralAlternation(value);
            if (Literals is null)
            {
                _regex = Re2Pattern.Anchored(value);
            }
        }
    }

    public string Name { get; }

    public MatchKind Kind { get; }

    public string Value { get; }

    /// <summary>When the pattern is a plain alternation such as <c>a|b|c</c>: its alternatives, so that an index can look them up; otherwise null.</summary>
    public IReadOnlyList<string>? Literals { get; }

    /// <summary>Whether a series without this label satisfies the condition.</summary>
    public bool MatchesEmpty => Matches(string.Empty);

    public bool Matches(string value) => Kind switch
    {
        MatchKind.Equal => value == Value,
        MatchKind.NotEqual => value != Value,
        MatchKind.Regex => MatchesPattern(value),
        _ => !MatchesPattern(value),
    };

    public override string ToString()
    {
        var text = new StringBuilder();
        LabelText.AppendName(text, Name);
        text.Append(Kind switch { MatchKind.Equal => "=", MatchKind.NotEqual => "!=", MatchKind.Regex => "=~", _ => "!~" });
        LabelText.AppendQuoted(text, Value);
        return text.ToString();
    }

    private static string[]? LiteralAlternation(string pattern) =>
        pattern.AsSpan().ContainsAny(PatternCharacters) ? null : pattern.Split('|');

    private bool MatchesPattern(string value) => Literals is not null ? Literals.Contains(value, StringComparer.Ordinal) : _regex!.IsMatch(value);
}
