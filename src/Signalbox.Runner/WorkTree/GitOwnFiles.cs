using System.Security.Cryptography;
using System.Text;

namespace Signalbox.Runner.WorkTree;

/// <summary>The files of git's own folder that say what git runs and what it hides: its configuration, hooks, and what is ignored or left out.</summary>
/// <remarks>A hook or a setting that a run leaves behind is run by whoever uses git there next, outside of what kept the run within its bounds.</remarks>
/// <param name="top">Of the work tree; names are relative to it where they lie within it.</param>
/// <param name="folder">Git's folder of this work tree.</param>
internal sealed class GitOwnFiles(string top, string folder)
{
    private const int MaxHooks = 1000;
    private const long MaxConfiguration = 1 << 20;

    private readonly string _common = CommonOf(folder);

    /// <summary>Those that are there now.</summary>
    public IReadOnlyList<string> Paths()
    {
        var hooks = new DirectoryInfo(Path.Combine(_common, "hooks"));
        IEnumerable<string> files =
        [
            Path.Combine(_common, "config"), Path.Combine(folder, "config.worktree"),
            Path.Combine(_common, "info", "exclude"), Path.Combine(_common, "info", "attributes"), Path.Combine(folder, "info", "sparse-checkout"),
        ];
        try
        {
            files = hooks switch
            {
                { LinkTarget: not null } => files.Append(hooks.FullName),
                { Exists: true } => files.Concat(hooks.EnumerateFiles().Select(static file => file.FullName).Where(static file => !file.EndsWith(".sample", StringComparison.Ordinal)).Take(MaxHooks)),
                _ => files,
            };
            return [.. files.Where(static file => new FileInfo(file) is var info && (info.Exists || info.LinkTarget is not null)).Select(Named).Order(StringComparer.Ordinal)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [.. files.Where(File.Exists).Select(Named)];
        }
    }

    /// <summary>What a path is now; of a configuration what it means.</summary>
    public FileState Look(FileLook look, string path, ContentStore? kept)
    {
        if (!IsConfiguration(path))
        {
            return look.Of(path, kept);
        }

        // Its content is not kept, and so never shown: it may hold the token that a checkout was made with.
        var state = look.Of(path);
        return state.Kind == FileState.File && look.Content(path, MaxConfiguration) is { } content
            ? state with { Size = 0, Hash = Convert.ToHexStringLower(SHA256.HashData(Meaning(content))) }
            : state;
    }

    public bool IsConfiguration(string path) => Path.Combine(top, path) is var file && (file == Path.Combine(_common, "config") || file == Path.Combine(folder, "config.worktree"));

    /// <summary>A configuration without what git itself writes there of branches when one is made, pushed or pulled.</summary>
    /// <remarks>Only lines that can be nothing else are left out.</remarks>
    public static byte[] Meaning(byte[] configuration)
    {
        var (meaning, isOfBranch) = (new StringBuilder(), false);
        foreach (var line in Encoding.UTF8.GetString(configuration).Split('\n'))
        {
            isOfBranch = IsBranchSection(line.AsSpan().Trim()) || (isOfBranch && IsBranchMember(line.AsSpan().Trim()));
            if (!isOfBranch)
            {
                meaning.Append(line).Append('\n');
            }
        }

        return Encoding.UTF8.GetBytes(meaning.ToString().TrimEnd('\n'));
    }

    private static bool IsBranchSection(ReadOnlySpan<char> line) =>
        line.Length > 10 && line.StartsWith("[branch \"", StringComparison.Ordinal) && line.EndsWith("\"]", StringComparison.Ordinal) && !line[9..^2].ContainsAny('"', '\\', ']');

    private static bool IsBranchMember(ReadOnlySpan<char> line) =>
        line.IndexOf(" = ", StringComparison.Ordinal) is > 0 and var end && !line.Contains('\\')
        && line[..end] is "remote" or "merge" or "rebase" or "pushRemote" or "description" or "vscode-merge-base" or "gh-merge-base";

    /// <summary>The folder that several work trees share. Source: https://git-scm.com/docs/gitrepository-layout (commondir)</summary>
    private static string CommonOf(string folder)
    {
        try
        {
            var file = new FileInfo(Path.Combine(folder, "commondir"));
            return file is { Exists: true, LinkTarget: null, Length: > 0 and < 8192 } ? Path.GetFullPath(Path.Combine(folder, File.ReadAllText(file.FullName).Trim())) : folder;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return folder;
        }
    }

    private string Named(string file)
    {
        var relative = Path.GetRelativePath(top, file);
        return (relative.StartsWith("..", StringComparison.Ordinal) ? file : relative).Replace(Path.DirectorySeparatorChar, '/');
    }
}
