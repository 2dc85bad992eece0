namespace Signalbox.Runner.Policies;

/// <summary>Texts with <c>*</c> for any text and <c>?</c> for any one character.</summary>
internal static class TextPattern
{
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text, StringComparison comparison)
    {
        var (at, next) = (0, 0);
        var (retryAt, retryNext) = (0, -1);
        while (at < text.Length)
        {
            if (next < pattern.Length && pattern[next] == '*')
            {
                (retryAt, retryNext) = (at, next);
                next++;
            }
            else if (next < pattern.Length && (pattern[next] == '?' || pattern.Slice(next, 1).Equals(text.Slice(at, 1), comparison)))
            {
                at++;
                next++;
            }
            else if (retryNext >= 0)
            {
                retryAt++;
                at = retryAt;
                next = retryNext + 1;
            }
            else
            {
                return false;
            }
        }

        return pattern[next..].TrimStart('*').IsEmpty;
    }
}
