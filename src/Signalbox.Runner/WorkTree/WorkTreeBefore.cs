namespace Signalbox.Runner.WorkTree;

/// <summary>The work tree as it was before a run. The content of <c>before.json</c>; beside it lie a copy of git's index and the contents that are kept.</summary>
internal sealed record WorkTreeBefore
{
    public const string Git = "git";
    public const string Manifest = "manifest";

    public required string Method { get; init; }

    /// <summary>Those of the run, so that a replay compares within the same bounds.</summary>
    public WorkTreeOptions? Options { get; init; }

    /// <summary>Where there is git: the top of the work tree; otherwise the root.</summary>
    public required string Top { get; init; }

    /// <summary>The folder that names are relative to, seen from the top: empty, or ends with <c>/</c>.</summary>
    public string Prefix { get; init; } = string.Empty;

    /// <summary>Git's own folder; null where there is none.</summary>
    public string? GitFolder { get; init; }

    /// <summary>The commit; null before the first.</summary>
    public string? Head { get; init; }

    /// <summary>The first path, of those that are not in git's index, that was not looked at because there are too many; those behind it are not compared.</summary>
    public string? CutAt { get; init; }

    /// <summary>Paths from this one on that were not looked at, and files that could not be read.</summary>
    public long Omitted { get; init; }

    /// <summary>With git: files that were not as in its index, or not in it; otherwise all.</summary>
    public required IReadOnlyList<FileState> Files { get; init; }
}
