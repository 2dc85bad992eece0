namespace Signalbox.Runner.Platforms;

/// <summary>A branch or a tag, as platforms write them in many ways.</summary>
internal readonly record struct GitRef(string? Branch, string? Tag)
{
    private static readonly string[] TagPrefixes = ["refs/tags/", "origin/tags/", "tags/"];
    private static readonly string[] BranchPrefixes = ["refs/heads/", "refs/remotes/origin/", "remotes/origin/", "origin/", "heads/"];

    /// <summary>Reads <c>refs/heads/x</c>, <c>origin/x</c>, <c>refs/tags/x</c> and plain names. A pull request's ref names neither.</summary>
    public static GitRef Parse(string? text)
    {
        if (text is null)
        {
            return default;
        }

        if (WithoutPrefix(text, TagPrefixes) is { } tag)
        {
            return new GitRef(null, tag);
        }

        if (WithoutPrefix(text, BranchPrefixes) is { } branch)
        {
            return new GitRef(branch, null);
        }

        return text == "HEAD" || text.StartsWith("refs/", StringComparison.Ordinal) ? default : new GitRef(text, null);
    }

    public static string? BranchOf(string? text) => Parse(text).Branch;

    /// <summary>Whether it may be the id of a commit: 40 or 64 hexadecimal digits.</summary>
    public static bool IsCommit(string? text) => text is { Length: 40 or 64 } && text.All(char.IsAsciiHexDigit);

    private static string? WithoutPrefix(string text, string[] prefixes)
    {
        foreach (var prefix in prefixes)
        {
            if (text.StartsWith(prefix, StringComparison.Ordinal) && text.Length > prefix.Length)
            {
                return text[prefix.Length..];
            }
        }

        return null;
    }
}
