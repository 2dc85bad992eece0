namespace Signalbox.Runner.Configuration;

/// <summary>Finds the configuration file of a folder.</summary>
internal static class ConfigurationFile
{
    public const string Name = ".cicd-ai-toolkit.yaml";

    /// <summary>Names the file, or with an empty value says that there shall be none.</summary>
    public const string Variable = "CICD_RUNNER_CONFIG";

    /// <summary>Looks in the folder and, within a repository, in its parents up to the repository's root. Beyond it, and without a repository, no other folder has a say.</summary>
    /// <returns>Its full path; null when there is none.</returns>
    public static string? Find(string folder)
    {
        var root = RepositoryFolder.Find(folder) ?? folder;
        for (var current = Path.GetFullPath(folder); current is not null; current = Path.GetDirectoryName(current))
        {
            var file = Path.Combine(current, Name);
            if (File.Exists(file))
            {
                return file;
            }

            if (string.Equals(current, Path.GetFullPath(root), StringComparison.Ordinal))
            {
                break;
            }
        }

        return null;
    }
}
