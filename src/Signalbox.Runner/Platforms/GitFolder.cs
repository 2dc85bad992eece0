namespace Signalbox.Runner.Platforms;

/// <summary>What the git files of a folder say of branch, commit and origin; read without starting git.</summary>
/// <param name="Branch">Null when HEAD is detached.</param>
/// <param name="Commit">Null in a repository without commits, and in one whose refs are kept in another form than files.</param>
/// <param name="OriginUrl">As configured, credentials and all.</param>
internal sealed record GitFolder(string? Branch, string? Commit, string? OriginUrl)
{
    private const int MaxSmallFile = 4096;
    private const int MaxConfig = 1024 * 1024;
    private const int MaxPackedRefs = 32 * 1024 * 1024;

    /// <param name="root">The folder that holds <c>.git</c>.</param>
    /// <remarks>Source: https://git-scm.com/docs/gitrepository-layout and https://git-scm.com/docs/git-config</remarks>
    public static GitFolder? Read(string root)
    {
        if (FolderOf(root) is not { } folder)
        {
            return null;
        }

        var common = FirstLine(Path.Combine(folder, "commondir")) is { } relative ? Path.Combine(folder, relative) : folder;
        var head = FirstLine(Path.Combine(folder, "HEAD"));
        var name = head is not null && head.StartsWith("ref:", StringComparison.Ordinal) ? head[4..].Trim() : null;
        var commit = name is null ? head : CommitOf(folder, common, name);
        var branch = name is "refs/heads/.invalid" ? null : GitRef.BranchOf(name);
        return new GitFolder(CiVariables.Clean(branch), GitRef.IsCommit(commit) ? commit : null, OriginIn(BoundedFile.ReadText(Path.Combine(common, "config"), MaxConfig)));
    }

    /// <summary>The address of the remote <c>origin</c> in a configuration; the first remote's when there is no such one.</summary>
    internal static string? OriginIn(string? config)
    {
        string? first = null;
        string? remote = null;
        foreach (var raw in (config ?? string.Empty).AsSpan().EnumerateLines())
        {
            var line = raw.Trim();
            if (line.StartsWith("["))
            {
                remote = RemoteOf(line);
                continue;
            }

            var equals = line.IndexOf('=');
            if (remote is null || equals < 0 || !line[..equals].Trim().Equals("url", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var url = CiVariables.Clean(line[(equals + 1)..].Trim().Trim('"').ToString());
            if (remote == "origin")
            {
                return url;
            }

            first ??= url;
        }

        return first;
    }

    private static string? RemoteOf(ReadOnlySpan<char> line)
    {
        const string Start = "[remote \"";
        if (!line.StartsWith(Start, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var end = line[Start.Length..].IndexOf('"');
        return end < 0 ? null : line.Slice(Start.Length, end).ToString();
    }

    private static string? FolderOf(string root)
    {
        var git = Path.Combine(root, ".git");
        if (Directory.Exists(git))
        {
            return git;
        }

        const string Pointer = "gitdir:";
        return FirstLine(git) is { } line && line.StartsWith(Pointer, StringComparison.Ordinal) ? Path.Combine(root, line[Pointer.Length..].Trim()) : null;
    }

    private static string? CommitOf(string folder, string common, string name)
    {
        // A name with dots for folders would lead out of the repository.
        if (!name.StartsWith("refs/", StringComparison.Ordinal) || name.Contains("..", StringComparison.Ordinal))
        {
            return null;
        }

        return FirstLine(Path.Combine(folder, name)) ?? FirstLine(Path.Combine(common, name)) ?? Packed(Path.Combine(common, "packed-refs"), name);
    }

    private static string? Packed(string file, string name)
    {
        if (BoundedFile.ReadText(file, MaxPackedRefs) is not { } text)
        {
            return null;
        }

        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var space = line.IndexOf(' ');
            if (space > 0 && line[(space + 1)..].SequenceEqual(name))
            {
                return line[..space].ToString();
            }
        }

        return null;
    }

    private static string? FirstLine(string path)
    {
        if (BoundedFile.ReadText(path, MaxSmallFile) is not { } text)
        {
            return null;
        }

        var end = text.AsSpan().IndexOfAny('\r', '\n');
        var line = (end < 0 ? text : text[..end]).Trim();
        return line.Length == 0 || line.Contains('\0', StringComparison.Ordinal) ? null : line;
    }
}
