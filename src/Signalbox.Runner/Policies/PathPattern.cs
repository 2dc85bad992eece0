namespace Signalbox.Runner.Policies;

/// <summary>A glob over names made of segments: <c>*</c> is any text and <c>?</c> any one character within a segment, <c>**</c> any number of segments, none included.</summary>
/// <remarks>Matching takes at most the product of both lengths, whatever the pattern.</remarks>
internal sealed class PathPattern
{
    private const string AnySegments = "**";
    private readonly string[] _segments;

    private PathPattern(string[] segments, bool isAbsolute) => (_segments, IsAbsolute) = (segments, isAbsolute);

    /// <summary>Whether it is meant from the file system's root: <c>/etc/**</c>, <c>C:/Windows/**</c>.</summary>
    public bool IsAbsolute { get; }

    /// <summary>Whether it begins with <c>**</c> and so may lie anywhere.</summary>
    public bool IsAnywhere => _segments is [AnySegments, ..];

    /// <returns>Null when it names no place: empty, or with <c>.</c> or <c>..</c> among its segments.</returns>
    public static PathPattern? Parse(string text)
    {
        var isAbsolute = text.StartsWith('/') || PolicyPath.HasDrive(text);
        var segments = text.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (segments.Length == 0 || Array.Exists(segments, static segment => segment is "." or ".." or "~"))
        {
            return null;
        }

        return new PathPattern(text.EndsWith('/') ? [.. segments, AnySegments] : segments, isAbsolute);
    }

    /// <param name="name">Segments, without those that are empty.</param>
    public bool Matches(ReadOnlySpan<string> name, StringComparison comparison)
    {
        var (at, pattern) = (0, 0);
        var (retryAt, retryPattern) = (0, -1);
        while (at < name.Length)
        {
            if (pattern < _segments.Length && _segments[pattern] == AnySegments)
            {
                (retryAt, retryPattern) = (at, pattern);
                pattern++;
            }
            else if (pattern < _segments.Length && TextPattern.Matches(_segments[pattern], name[at], comparison))
            {
                at++;
                pattern++;
            }
            else if (retryPattern >= 0)
            {
                retryAt++;
                at = retryAt;
                pattern = retryPattern + 1;
            }
            else
            {
                return false;
            }
        }

        while (pattern < _segments.Length && _segments[pattern] == AnySegments)
        {
            pattern++;
        }

        return pattern == _segments.Length;
    }
}
