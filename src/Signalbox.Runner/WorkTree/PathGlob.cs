namespace Signalbox.Runner.WorkTree;

/// <summary>Compares paths and names with patterns: <c>*</c> is any text without <c>/</c>, <c>**</c> any text, <c>?</c> one character.</summary>
/// <remarks><c>**/</c> also stands for nothing, so <c>**/x</c> finds <c>x</c>; a pattern that ends with <c>/</c> finds everything below. Letters count as they are.</remarks>
internal static class PathGlob
{
    /// <summary>In all a pattern tries; it is no use to anybody that needs more.</summary>
    private const int MaxSteps = 100_000;

    public static bool Matches(string pattern, string path)
    {
        var steps = MaxSteps;
        return Matches(pattern.EndsWith('/') ? pattern + "**" : pattern, path, ref steps);
    }

    private static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> path, ref int steps)
    {
        while (pattern.Length > 0)
        {
            if (--steps < 0)
            {
                return false;
            }

            if (pattern[0] == '*')
            {
                return Star(pattern, path, ref steps);
            }

            if (path.Length == 0 || (pattern[0] == '?' ? path[0] == '/' : pattern[0] != path[0]))
            {
                return false;
            }

            pattern = pattern[1..];
            path = path[1..];
        }

        return path.Length == 0;
    }

    private static bool Star(ReadOnlySpan<char> pattern, ReadOnlySpan<char> path, ref int steps)
    {
        var crosses = pattern.StartsWith("**", StringComparison.Ordinal);
        var rest = pattern.TrimStart('*');
        if (rest.Length == 0)
        {
            return crosses || !path.Contains('/');
        }

        if (crosses && rest[0] == '/' && Matches(rest[1..], path, ref steps))
        {
            return true;
        }

        for (var skip = 0; skip <= path.Length; skip++)
        {
            if (Matches(rest, path[skip..], ref steps))
            {
                return true;
            }

            if (skip < path.Length && path[skip] == '/' && !crosses)
            {
                return false;
            }
        }

        return false;
    }
}
