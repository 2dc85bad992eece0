namespace Signalbox.Runner.Configuration;

/// <summary>Finds the root of the repository that a folder belongs to.</summary>
internal static class RepositoryFolder
{
    private const int MaxLevels = 256;

    /// <returns>The nearest folder, the given one or a parent, that holds <c>.git</c> (a folder, or the file of a work tree or submodule); null when there is none.</returns>
    public static string? Find(string folder)
    {
        var current = Path.GetFullPath(folder);
        for (var level = 0; level < MaxLevels; level++)
        {
            if (Path.Exists(Path.Combine(current, ".git")))
            {
                return current;
            }

            if (Path.GetDirectoryName(current) is not { } parent)
            {
                break;
            }

            current = parent;
        }

        return null;
    }
}
