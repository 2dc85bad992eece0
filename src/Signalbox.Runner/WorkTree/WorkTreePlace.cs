using Signalbox.Runner.Facts;

namespace Signalbox.Runner.WorkTree;

/// <summary>Which work tree is compared, and where what is needed for it is kept.</summary>
/// <param name="Root">Names are relative to it.</param>
/// <param name="Folder">The run's folder; it, and those of other runs beside it, are not compared.</param>
/// <param name="Environment">Of the runner; git gets little of it.</param>
internal sealed record WorkTreePlace(string Root, RunFolder Folder, WorkTreeOptions Options, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>The copy of git's index.</summary>
    public string IndexFile => Folder.File(RunFiles.BeforeIndex);

    /// <summary>An empty repository, where the real one is gone.</summary>
    public string RepositoryFolder => Folder.File(RunFiles.BeforeRepository);

    /// <summary>Contents that are kept.</summary>
    public string ContentFile => Folder.File(RunFiles.BeforeContent);

    /// <summary>Paths below which nothing is compared, seen from the given folder, with <c>/</c> at their ends.</summary>
    public bool IsSkipped(string top, string path) => path == ".git/" || IsOwn(top, path) || Options.Ignore.Any(pattern => PathGlob.Matches(pattern, path.TrimEnd('/')));

    private bool IsOwn(string top, string path)
    {
        var runs = System.IO.Path.GetDirectoryName(Folder.Path) ?? Folder.Path;
        var relative = System.IO.Path.GetRelativePath(top, runs).Replace('\\', '/') + "/";
        return path.StartsWith(relative, StringComparison.Ordinal) || path == relative.TrimEnd('/');
    }
}
