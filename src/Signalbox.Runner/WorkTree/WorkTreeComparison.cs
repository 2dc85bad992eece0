using Signalbox.Runner.Facts;
using Signalbox.Sdk.Redaction;

namespace Signalbox.Runner.WorkTree;

/// <summary>Compares a work tree with what it was.</summary>
internal sealed class WorkTreeComparison(WorkTreePlace place, WorkTreeBefore before, Redactor redactor)
{
    /// <summary>Contents from git's store that are held at a time, as a multiple of the largest file of which lines are compared.</summary>
    private const int HeldFiles = 64;

    private readonly Dictionary<string, FileState> _known = before.Files.ToDictionary(static file => file.Path, StringComparer.Ordinal);
    private readonly FileLook _look = new(before.Top, place.Options.MaxBytes);
    private readonly ChangeText _text = new(place.Options, redactor);
    private readonly List<Difference> _differences = [];
    private readonly List<string> _links = [];

    /// <param name="Id">Of the content in git's store, where the file was as in the index; null otherwise.</param>
    private sealed record Difference(string Path, FileState Before, FileState After, string? Id);

    public async Task<WorkTreeChanged> WithGitAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        try
        {
            return await WithGitAsync(GitWorkTree.Of(before, place), at, cancellationToken);
        }
        catch (IOException) when (_differences.Count == 0)
        {
            // The run may have removed the repository itself, which must hide nothing.
            return await WithGitAsync(GitWorkTree.WithoutRepository(before, place), at, cancellationToken);
        }
    }

    private async Task<WorkTreeChanged> WithGitAsync(GitWorkTree git, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var head = git.HeadAsync(cancellationToken);
        var differences = git.DifferencesAsync(cancellationToken);
        var others = git.OthersAsync(cancellationToken);
        await Task.WhenAll(head, differences, others);
        var indexed = await differences;
        var listed = (await others).ToHashSet(StringComparer.Ordinal);
        foreach (var path in Compared(_known.Keys.Concat(indexed.Keys).Concat(git.Own.Paths()).Concat(git.Appeared()), listed))
        {
            var entry = indexed.GetValueOrDefault(path);
            var after = git.Own.IsConfiguration(path) ? git.Own.Look(_look, path, null) : Look(path, isListed: listed.Contains(path) || entry is { Status: not 'D' });
            if (after.Kind == FileState.Repository)
            {
                after = after with { Hash = await git.RepositoryStateAsync(path, place.Environment, cancellationToken) };
            }

            var was = _known.GetValueOrDefault(path) ?? (entry is null || entry.Status == 'A' ? Absent(path) : InIndex(entry));
            if (IsChanged(was, after, _known.ContainsKey(path)))
            {
                _differences.Add(new Difference(path, was, after, _known.ContainsKey(path) || entry is null || entry.IsSubmodule ? null : entry.Id));
            }
        }

        var ids = _differences.Select(static difference => difference.Id).OfType<string>().Where(static id => id.AsSpan().ContainsAnyExcept('0')).ToHashSet(StringComparer.Ordinal);
        var contents = await git.ContentsAsync(ids, place.Options.MaxDiffFileBytes, HeldFiles * place.Options.MaxDiffFileBytes, cancellationToken);

        // Without its filter a file of LFS that was only written anew looks changed: what git has of it is a note of its hash.
        _differences.RemoveAll(difference => difference.Id is { } id && contents.TryGetValue(id, out var content) && LfsPointer.HashOf(content) is { } hash && hash == difference.After.Hash);
        if (_differences.Count > 0)
        {
            _links.AddRange(await git.LinksAsync(cancellationToken));
        }

        return Result(at, contents) with { HeadBefore = before.Head, HeadAfter = await head };
    }

    public WorkTreeChanged WithManifest(DateTimeOffset at)
    {
        var (all, unread) = FileList.Of(before.Top, path => place.IsSkipped(before.Top, path));
        var listed = all.ToHashSet(StringComparer.Ordinal);
        foreach (var path in Compared(_known.Keys, all))
        {
            var (was, after) = (_known.GetValueOrDefault(path) ?? Absent(path), Look(path, listed.Contains(path)));
            if (IsChanged(was, after, isKnown: true))
            {
                _differences.Add(new Difference(path, was, after, null));
            }
        }

        var result = Result(at, []);
        return result with { Omitted = result.Omitted + unread };
    }

    private FileState Look(string path, bool isListed)
    {
        var state = isListed ? _look.OfListed(path) : _look.Of(path);
        if (state.Kind == FileState.Link)
        {
            _links.Add(path);
        }

        return state;
    }

    private static FileState Absent(string path) => new() { Path = path, Kind = FileState.Absent };

    private static FileState InIndex(GitDifference entry) => new()
    {
        Path = entry.Path,
        Kind = entry.Mode switch { "120000" => FileState.Link, "160000" => FileState.Repository, _ => FileState.File },
        IsExecutable = entry.Mode == "100755",
    };

    /// <summary>What is as in the index is told by git; what was looked at before is compared with that.</summary>
    private static bool IsChanged(FileState was, FileState after, bool isKnown) =>
        was.Kind == FileState.Absent || after.Kind == FileState.Absent ? was.Kind != after.Kind : !isKnown || !was.IsSameAs(after);

    /// <param name="listed">Of those behind the place where the list of before was cut nobody knows whether they are new.</param>
    private IEnumerable<string> Compared(IEnumerable<string> known, IEnumerable<string> listed) => known
        .Concat(listed.Where(path => before.CutAt is null || string.CompareOrdinal(path, before.CutAt) < 0))
        .Where(path => !place.IsSkipped(before.Top, path))
        .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private WorkTreeChanged Result(DateTimeOffset at, Dictionary<string, byte[]> contents)
    {
        var most = Math.Min(_differences.Count, place.Options.MaxChanges);
        var changes = _differences[..most].ConvertAll(difference => Change(difference, contents));
        changes.Sort(static (one, other) => string.CompareOrdinal(one.Path, other.Path));
        return new WorkTreeChanged
        {
            At = at,
            Method = before.Method,
            Changes = changes,
            Links = TreeLinks.To(_differences.Select(static difference => difference.Path), before.Top, _links).ConvertAll(link => new WorkTreeLink(Named(link.Path), Named(link.Target))),
            Omitted = before.Omitted + _differences.Count - most,
        };
    }

    private WorkTreeChange Change(Difference difference, Dictionary<string, byte[]> contents)
    {
        var (path, was, after) = (Named(difference.Path), difference.Before, difference.After);
        var kind = was.Kind == FileState.Absent ? "added" : after.Kind == FileState.Absent ? "deleted" : "modified";
        var old = was.Kind == FileState.File ? ContentBefore(difference, contents) : was.Kind == FileState.Absent ? [] : null;
        var now = after.Kind == FileState.File ? _look.Content(difference.Path, place.Options.MaxDiffFileBytes) : after.Kind == FileState.Absent ? [] : null;
        var bytes = after.Kind == FileState.File ? Math.Max(now?.Length ?? 0, after.Size) : 0;
        return _text.Of(new WorkTreeChange(path, kind, null, null, bytes, null) { TextHash = after.Kind == FileState.File && now is not null ? TextDigest.Of(now) : null }, old, now, difference.Id is not null);
    }

    private byte[]? ContentBefore(Difference difference, Dictionary<string, byte[]> contents) => difference switch
    {
        { Before.KeptAt: { } at } => ContentStore.Read(place.ContentFile, at),
        { Id: { } id } => contents.GetValueOrDefault(id),
        _ => null,
    };

    /// <summary>Seen from the root; what lies in the repository beside it is named absolutely.</summary>
    private string Named(string path) =>
        before.Prefix.Length == 0 || Path.IsPathFullyQualified(path) ? path : path.StartsWith(before.Prefix, StringComparison.Ordinal) ? path[before.Prefix.Length..] : $"{before.Top.TrimEnd('/')}/{path}";
}
