using System.Buffers;
using Signalbox.PromQL.Model;

namespace Signalbox.Telemetry.Metrics.Storage.Index;

/// <summary>The text that every match of a regular expression starts with, so that most values are dismissed without running it.</summary>
internal static class LiteralPrefix
{
    private static readonly SearchValues<char> Special = SearchValues.Create(@"\.+*?()[]{}|^$");

    /// <summary>Whether a value can be told without the expression; null when it must be run.</summary>
    /// <param name="prefix">From <see cref="Of"/>.</param>
    public static bool? Decide(LabelMatcher matcher, string prefix, string value)
    {
        var positive = matcher.Kind == MatchKind.Regex;
        if (!value.StartsWith(prefix, StringComparison.Ordinal))
        {
            return !positive;
        }

        // A dot matches line feeds too, so what follows the prefix does not matter.
        var rest = matcher.Value.AsSpan(prefix.Length);
        return rest switch
        {
            ".*" => positive,
            ".+" => positive == (value.Length > prefix.Length),
            _ => null,
        };
    }

    public static string Of(string pattern)
    {
        if (pattern.Contains('|', StringComparison.Ordinal))
        {
            return string.Empty;
        }

        var end = pattern.AsSpan().IndexOfAny(Special);
        if (end < 0)
        {
            return pattern;
        }

        // The last letter may be optional or repeated.
        return end > 0 && pattern[end] is '*' or '?' or '{' or '+' ? pattern[..(end - 1)] : pattern[..end];
    }
}
