namespace Signalbox.Sdk.Redaction;

/// <summary>A JSON Pointer in which <c>*</c> is any one segment and <c>**</c> any number of them, none included.</summary>
internal sealed class PointerPattern
{
    private readonly string[] _segments;

    /// <exception cref="RedactionRuleException">It does not begin with a slash.</exception>
    public PointerPattern(string pattern)
    {
        if (!pattern.StartsWith('/'))
        {
            throw new RedactionRuleException(pattern, $"The JSON Pointer pattern {pattern} does not begin with a slash.");
        }

        _segments = [.. pattern[1..].Split('/').Select(static segment => segment.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];
    }

    public bool Matches(JsonPath path)
    {
        // As with globs: on a mismatch only the last ** has to take one segment more, so the work is at most pattern times path.
        var (segment, depth, star, resume) = (0, 0, -1, 0);
        while (depth < path.Depth)
        {
            if (segment < _segments.Length && _segments[segment] == "**")
            {
                (star, resume) = (segment++, depth);
            }
            else if (segment < _segments.Length && (_segments[segment] == "*" || path.IsAt(depth, _segments[segment])))
            {
                (segment, depth) = (segment + 1, depth + 1);
            }
            else if (star >= 0)
            {
                (segment, depth) = (star + 1, ++resume);
            }
            else
            {
                return false;
            }
        }

        return _segments.AsSpan(segment).TrimEnd("**").IsEmpty;
    }
}
