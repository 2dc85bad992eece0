namespace Signalbox.Runner.WorkTree;

/// <summary>Looks whether files are there of which most are not, and whose folders are not either.</summary>
/// <remarks>Quick for paths in their order. Not thread-safe.</remarks>
internal sealed class SparseLook(string top)
{
    private string _missing = "/";

    /// <param name="path">Relative to the top, with <c>/</c>.</param>
    public bool IsThere(string path)
    {
        if (path.StartsWith(_missing, StringComparison.Ordinal))
        {
            return false;
        }

        var file = new FileInfo(Path.Combine(top, path));
        if (file.Exists || file.LinkTarget is not null || Directory.Exists(file.FullName))
        {
            return true;
        }

        for (var end = path.IndexOf('/', StringComparison.Ordinal); end >= 0; end = path.IndexOf('/', end + 1))
        {
            if (!Directory.Exists(Path.Combine(top, path[..end])))
            {
                _missing = path[..(end + 1)];
                break;
            }
        }

        return false;
    }
}
