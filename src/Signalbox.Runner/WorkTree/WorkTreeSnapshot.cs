using Signalbox.Runner.Facts;
using Signalbox.Sdk.Operations;
using Signalbox.Sdk.Redaction;

namespace Signalbox.Runner.WorkTree;

/// <summary>The work tree as it was before a run, to be compared with what it is later.</summary>
/// <remarks>What it needs lies in the run's folder, so that a replay can compare after the runner itself was killed.</remarks>
internal sealed class WorkTreeSnapshot
{
    private readonly WorkTreePlace _place;
    private readonly WorkTreeBefore _before;

    private WorkTreeSnapshot(WorkTreePlace place, WorkTreeBefore before) => (_place, _before) = (place, before);

    /// <summary>What it took to look at it; null when somebody else did.</summary>
    public OperationRecord? Taken { get; set; }

    /// <summary><c>git</c> or <c>manifest</c>.</summary>
    public string Method => _before.Method;

    /// <summary>Looks at the work tree and writes <c>before.json</c>. The command is to be started only when this is done, or its first changes would belong to what was before.</summary>
    /// <exception cref="IOException">The run's folder cannot be written to.</exception>
    public static async Task<WorkTreeSnapshot> TakeAsync(WorkTreePlace place, CancellationToken cancellationToken)
    {
        using var kept = new ContentStore(place.ContentFile, place.Options.MaxKeptBytes, place.Options.MaxDiffFileBytes);
        var before = await TakeGitAsync(place, kept, cancellationToken) ?? TakeManifest(place, kept);
        PrivateFiles.Replace(place.Folder.File(RunFiles.Before), [.. BeforeDocument.Write(before), (byte)'\n']);
        return new WorkTreeSnapshot(place, before);
    }

    /// <returns>What a run that is over has left; null when it has left nothing, or has compared already.</returns>
    public static WorkTreeSnapshot? Open(WorkTreePlace place) =>
        FactDocument.Read(place.Folder.File(RunFiles.Before), WorkTreeJson.Written.WorkTreeBefore) is { } before ? new WorkTreeSnapshot(place with { Options = before.Options ?? place.Options }, before) : null;

    /// <summary>Compares with the work tree as it is now.</summary>
    /// <param name="at">The time of the comparison.</param>
    /// <exception cref="IOException">Git can no longer tell.</exception>
    public async Task<WorkTreeChanged> CompareAsync(Redactor redactor, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (new FileInfo(_place.IndexFile) is { Exists: true, Length: 0 })
        {
            // Git would wait for whoever writes to the pipe that somebody has put there.
            throw new IOException("the copy of git's index was taken away.");
        }

        var comparison = new WorkTreeComparison(_place, _before, redactor);
        return await (_before.Method == WorkTreeBefore.Git ? comparison.WithGitAsync(at, cancellationToken) : Task.FromResult(comparison.WithManifest(at)));
    }

    /// <summary>Deletes the contents that were kept, once the comparison is written down.</summary>
    public void Discard()
    {
        foreach (var file in (string[])[_place.Folder.File(RunFiles.Before), _place.ContentFile, _place.IndexFile])
        {
            File.Delete(file);
        }

        if (Directory.Exists(_place.RepositoryFolder))
        {
            Directory.Delete(_place.RepositoryFolder, recursive: true);
        }
    }

    private static async Task<WorkTreeBefore?> TakeGitAsync(WorkTreePlace place, ContentStore kept, CancellationToken cancellationToken)
    {
        if (await GitWorkTree.FindAsync(place, cancellationToken) is not { } git)
        {
            return null;
        }

        var head = git.HeadAsync(cancellationToken);
        var differences = git.DifferencesAsync(cancellationToken);
        var others = git.OthersAsync(cancellationToken);
        var submodules = git.SubmodulesAsync(cancellationToken);
        try
        {
            await Task.WhenAll(head, differences, others, submodules);
        }
        catch (IOException)
        {
            // A repository that git itself cannot read is compared file by file.
            return null;
        }

        var look = new FileLook(git.Top, place.Options.MaxBytes);
        var indexed = await differences;
        var tracked = indexed.Keys.Concat(await submodules).Distinct(StringComparer.Ordinal).Where(path => !place.IsSkipped(git.Top, path)).Order(StringComparer.Ordinal).ToList();
        var all = (await others).Where(path => !place.IsSkipped(git.Top, path)).Except(tracked, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var (paths, cutAt) = Bounded(all, Math.Max(0, place.Options.MaxFiles - tracked.Count));
        var files = new List<FileState>();
        foreach (var path in tracked.Concat(paths))
        {
            var state = indexed.GetValueOrDefault(path) is { Status: 'D' } ? look.Of(path, kept) : look.OfListed(path, kept);
            files.Add(state.Kind == FileState.Repository ? state with { Hash = await git.RepositoryStateAsync(path, place.Environment, cancellationToken) } : state);
        }

        files.AddRange(git.Own.Paths().Select(path => git.Own.Look(look, path, kept)));

        return new WorkTreeBefore
        {
            Method = WorkTreeBefore.Git,
            Options = place.Options,
            Top = git.Top,
            Prefix = git.Prefix,
            GitFolder = git.Folder,
            Head = await head,
            CutAt = cutAt,
            Omitted = all.Count - paths.Count + look.Unread,
            Files = files,
        };
    }

    private static WorkTreeBefore TakeManifest(WorkTreePlace place, ContentStore kept)
    {
        var look = new FileLook(place.Root, place.Options.MaxBytes);
        var (all, unread) = FileList.Of(place.Root, path => place.IsSkipped(place.Root, path));
        var (paths, cutAt) = Bounded(all, place.Options.MaxFiles);
        return new WorkTreeBefore
        {
            Method = WorkTreeBefore.Manifest,
            Options = place.Options,
            Top = place.Root,
            CutAt = cutAt,
            Files = [.. paths.Select(path => look.OfListed(path, kept))],
            Omitted = all.Count - paths.Count + look.Unread + unread,
        };
    }

    private static (List<string> Paths, string? CutAt) Bounded(List<string> all, int most) => all.Count <= most ? (all, null) : (all[..most], all[most]);
}
