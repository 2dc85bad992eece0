using System.Security.Cryptography;
using System.Text;
using Signalbox.Runner.Facts;

namespace Signalbox.Runner.WorkTree;

/// <summary>A work tree of git, seen against the index as it was before the run.</summary>
/// <remarks>
/// The index knows each file's content and what the system said of the file when it was last read, so that only files that the system says were touched need be read again. A copy of it is
/// used, so neither commits, resets and marks of the run in the real index nor its own configuration of what to trust can hide a change; marks of before are taken out of the copy.
/// </remarks>
internal sealed class GitWorkTree
{
    private static readonly string[] Raw = ["diff", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff", "--no-textconv", "--no-color", "--ignore-submodules=dirty"];
    private static readonly string[] Others = ["ls-files", "--others", "--exclude-standard", "-z", "--full-name"];

    private readonly GitProcess _git;
    private readonly string _index;

    private GitWorkTree(string top, string folder, string index, IReadOnlyDictionary<string, string> environment)
    {
        (Top, Folder, _index) = (top, folder, index);
        _git = new GitProcess(top, environment, PlaceOf(folder, top));
        Own = new GitOwnFiles(top, folder);
    }

    public string Top { get; }

    /// <summary>Git's own folder.</summary>
    public string Folder { get; }

    /// <summary>Files of that folder that are compared, too.</summary>
    public GitOwnFiles Own { get; private init; }

    /// <summary>The folder that was asked for, seen from the top: empty, or ends with <c>/</c>.</summary>
    public string Prefix { get; private init; } = string.Empty;

    /// <summary>Whether there is nothing but the index to compare with.</summary>
    private bool HasNoContents { get; init; }

    /// <summary>The filters of just now, before the command runs; null when they have to be asked for.</summary>
    private Task<byte[]?>? Filters { get; init; }

    /// <summary>Finds the work tree that a folder lies in, and copies its index.</summary>
    /// <returns>Null when there is no git, or the folder lies in none of its work trees.</returns>
    public static async Task<GitWorkTree?> FindAsync(WorkTreePlace place, CancellationToken cancellationToken)
    {
        if (!IsBelowGit(place.Root))
        {
            return null;
        }

        // Two questions of which neither needs the other's answer: what waits for the command's start asks them at once.
        var git = new GitProcess(place.Root, place.Environment, []);
        var filters = git.FiltersAsync(cancellationToken);
        var output = await git.RunAsync(["rev-parse", "--absolute-git-dir", "--show-prefix", "--show-cdup", "--git-path", "index"], null, default, cancellationToken);
        if (output is null || Encoding.UTF8.GetString(output).Split('\n') is not [var folder, var prefix, var up, var index, ..] || folder.Length == 0)
        {
            await filters;
            return null;
        }

        var top = Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.Combine(place.Root, up)));
        Copy(Path.GetFullPath(Path.Combine(place.Root, index)), place.IndexFile, top);
        return new GitWorkTree(top, folder, place.IndexFile, place.Environment) { Prefix = prefix, Filters = filters };
    }

    /// <summary>The work tree that was found before, with the index of then.</summary>
    public static GitWorkTree Of(WorkTreeBefore before, WorkTreePlace place) =>
        new(before.Top, before.GitFolder!, place.IndexFile, place.Environment) { Prefix = before.Prefix };

    /// <summary>The same where the repository is gone: an empty one in its place knows no contents, but can still tell which files are as in the index of then.</summary>
    public static GitWorkTree WithoutRepository(WorkTreeBefore before, WorkTreePlace place)
    {
        var folder = place.RepositoryFolder;
        Directory.CreateDirectory(Path.Combine(folder, "objects"));
        Directory.CreateDirectory(Path.Combine(folder, "refs"));
        File.WriteAllText(Path.Combine(folder, "HEAD"), "ref: refs/heads/none\n");
        return new GitWorkTree(before.Top, folder, place.IndexFile, place.Environment) { Prefix = before.Prefix, HasNoContents = true, Own = new GitOwnFiles(before.Top, before.GitFolder!) };
    }

    /// <returns>Null before the first commit.</returns>
    public async Task<string?> HeadAsync(CancellationToken cancellationToken) =>
        await _git.RunAsync(["rev-parse", "--verify", "--quiet", "HEAD"], null, default, cancellationToken) is { } output ? Encoding.UTF8.GetString(output).Trim() : null;

    /// <summary>Files that are not as in the index of before.</summary>
    /// <exception cref="IOException">Git cannot tell.</exception>
    public async Task<Dictionary<string, GitDifference>> DifferencesAsync(CancellationToken cancellationToken)
    {
        var differences = GitOutput.Differences(await _git.CompareAsync(HasNoContents ? ["diff-files", .. Raw[1..]] : Raw, _index, Filters, cancellationToken) ?? throw new IOException("git diff failed."));
        if (HasNoContents)
        {
            await RemoveSameAsync(differences, cancellationToken);
        }

        return differences;
    }

    /// <summary>Files that are not in the index of before and that git does not ignore.</summary>
    /// <exception cref="IOException">Git cannot tell.</exception>
    public async Task<List<string>> OthersAsync(CancellationToken cancellationToken) =>
        GitOutput.Paths(await _git.RunAsync(Others, _index, default, cancellationToken) ?? throw new IOException("git ls-files failed."));

    /// <summary>Files that need not be there, as those outside of a sparse checkout, and are there now.</summary>
    public IReadOnlyList<string> Appeared()
    {
        if (!File.Exists(_index))
        {
            return [];
        }

        var look = new SparseLook(Top);
        return [.. GitIndexMarks.Read(File.ReadAllBytes(_index)).Where(mark => mark.IsSkipped && look.IsThere(mark.Path)).Select(static mark => mark.Path)];
    }

    /// <summary>Contents from git's store, as far as they are there and not longer.</summary>
    /// <param name="maxTotal">Bytes in all.</param>
    public async Task<Dictionary<string, byte[]>> ContentsAsync(IReadOnlyCollection<string> ids, long longest, long maxTotal, CancellationToken cancellationToken)
    {
        if (ids.Count == 0 || await _git.RunAsync(["cat-file", "--batch-check"], null, Lines(ids), cancellationToken) is not { } checks)
        {
            return [];
        }

        var (wanted, total) = (new List<string>(), 0L);
        foreach (var (id, size) in GitOutput.Sizes(checks))
        {
            if (size <= longest && total + size <= maxTotal)
            {
                wanted.Add(id);
                total += size;
            }
        }

        return wanted.Count > 0 && await _git.RunAsync(["cat-file", "--batch"], null, Lines(wanted), cancellationToken) is { } contents ? GitOutput.Contents(contents) : [];
    }

    /// <summary>Symbolic links in the index of before.</summary>
    public async Task<List<string>> LinksAsync(CancellationToken cancellationToken) =>
        await _git.RunAsync(["ls-files", "--stage", "-z", "--full-name"], _index, default, cancellationToken) is { } output ? GitOutput.Staged(output, "120000 "u8) : [];

    /// <summary>Repositories within the repository that its index names.</summary>
    /// <remarks>What differs in them is not asked of this repository's git, which would run theirs, filters and all.</remarks>
    public async Task<List<string>> SubmodulesAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(Path.Combine(Top, ".gitmodules")) || await _git.RunAsync(["ls-files", "--stage", "-z", "--full-name"], _index, default, cancellationToken) is not { } output)
        {
            return [];
        }

        return GitOutput.Staged(output, "160000 "u8);
    }

    /// <summary>What stands for the state of a repository within the repository: its commit, and what differs from that; of a folder that is none its files.</summary>
    public async Task<string?> RepositoryStateAsync(string path, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var folder = Path.TrimEndingDirectorySeparator(Path.Combine(Top, path));
        if (!Directory.Exists(folder))
        {
            return null;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var inner = Path.Combine(folder, ".git");
        var names = Path.Exists(inner) ? await DifferencesOfAsync(new GitProcess(folder, environment, PlaceOf(inner, folder)), hash, cancellationToken) : FileList.Of(folder, static _ => false).Paths;
        foreach (var name in names)
        {
            var file = new FileInfo(Path.Combine(folder, name));
            hash.AppendData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{name}\0{(file.Exists ? file.Length : -1)}\0{(file.Exists ? file.LastWriteTimeUtc.Ticks : 0)}\0")));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static async Task<IEnumerable<string>> DifferencesOfAsync(GitProcess git, IncrementalHash hash, CancellationToken cancellationToken)
    {
        var head = git.RunAsync(["rev-parse", "--verify", "--quiet", "HEAD"], null, default, cancellationToken);
        var raw = git.CompareAsync(Raw, null, null, cancellationToken);
        var others = git.RunAsync(Others, null, default, cancellationToken);
        var parts = await Task.WhenAll(head, raw, others);
        foreach (var part in parts)
        {
            hash.AppendData(BitConverter.GetBytes(part?.Length ?? -1));
            hash.AppendData(part ?? []);
        }

        return GitOutput.Differences(parts[1]).Keys.Concat(GitOutput.Paths(parts[2]));
    }

    /// <summary>Takes out what was only written anew: without the contents git tells of each file whose times differ.</summary>
    private async Task RemoveSameAsync(Dictionary<string, GitDifference> differences, CancellationToken cancellationToken)
    {
        const int AtOnce = 200;
        foreach (var part in differences.Values.Where(static difference => difference.Status == 'M' && difference.Mode.StartsWith("100", StringComparison.Ordinal)).Chunk(AtOnce).ToList())
        {
            var output = await _git.CompareAsync(["hash-object", "--", .. part.Select(static difference => difference.Path)], null, null, cancellationToken);
            foreach (var (difference, id) in part.Zip(Encoding.ASCII.GetString(output ?? []).Split('\n')))
            {
                if (difference.Id == id && !difference.HasNewMode)
                {
                    differences.Remove(difference.Path);
                }
            }
        }
    }

    /// <summary>Names the place outright, so that a configuration cannot say that the files lie elsewhere.</summary>
    private static string[] PlaceOf(string folder, string top) => ["--git-dir=" + folder, "--work-tree=" + top];

    private static byte[] Lines(IEnumerable<string> ids) => Encoding.ASCII.GetBytes(string.Concat(ids.Select(static id => id + "\n")));

    /// <summary>Whether a folder or one above it has a <c>.git</c>: a look that costs nothing where there is none.</summary>
    private static bool IsBelowGit(string root)
    {
        for (var folder = root; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Path.Exists(Path.Combine(folder, ".git")))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>With its time, because git compares the times of files with it to see which were written at the same moment.</summary>
    private static void Copy(string index, string copy, string top)
    {
        if (File.Exists(index))
        {
            var (time, content, look) = (File.GetLastWriteTimeUtc(index), File.ReadAllBytes(index), new SparseLook(top));
            foreach (var mark in GitIndexMarks.Read(content))
            {
                if (!mark.IsSkipped || look.IsThere(mark.Path))
                {
                    GitIndexMarks.Clear(content, mark);
                }
            }

            PrivateFiles.Replace(copy, content);
            File.SetLastWriteTimeUtc(copy, time);
        }
    }
}
