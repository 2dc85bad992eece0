using System.Text.RegularExpressions;

namespace Signalbox.Runner.Risk;

/// <summary>Reads from a shown difference what went into a file and what out of it.</summary>
internal static partial class DiffText
{
    /// <summary>Whether a mark of an erased secret stands in an added line and in no removed one; equal secrets have equal marks, so a moved line adds none.</summary>
    public static bool AddsSecret(string? diff)
    {
        if (diff is null || !diff.Contains("[redacted:", StringComparison.Ordinal))
        {
            return false;
        }

        var (added, removed) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var line in Lines(diff))
        {
            if (line is ['+' or '-', ..])
            {
                (line[0] == '+' ? added : removed).UnionWith(Marker().Matches(line).Select(static match => match.Value));
            }
        }

        return added.Except(removed, StringComparer.Ordinal).Any();
    }

    /// <summary>Whether more lines with an assertion went than came.</summary>
    public static bool RemovesAssertions(string? diff)
    {
        var balance = 0;
        foreach (var line in Lines(diff ?? string.Empty))
        {
            if (line is ['+' or '-', ..] && Assertion().IsMatch(line))
            {
                balance += line[0] == '+' ? 1 : -1;
            }
        }

        return balance < 0;
    }

    /// <summary>Without the two that name the file.</summary>
    private static IEnumerable<string> Lines(string diff) => diff.Split('\n').Skip(2);

    [GeneratedRegex(@"\[redacted:[a-z0-9.\-]{1,48}:[a-z2-7]{8}\]", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Marker();

    [GeneratedRegex(@"\b([Aa]ssert\w*|ASSERT_\w+|EXPECT_\w+|expect|should|t\.(Error|Fatal)f?|require\.\w+|Verify|verify)\b\s*[\(\.\! ]", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Assertion();
}
