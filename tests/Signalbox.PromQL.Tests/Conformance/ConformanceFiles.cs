namespace Signalbox.PromQL.Tests.Conformance;

/// <summary>Finds test data that others wrote; it lies beside the repository and is not part of it.</summary>
internal static class ConformanceFiles
{
    public static string RepositoryRoot { get; } = FindRoot();

    public static string? Folder { get; } = Find();

    public static IEnumerable<string> Scripts => Folder is null ? [] : Directory.EnumerateFiles(Folder, "*.test").Order(StringComparer.Ordinal);

    private static string? Find()
    {
        var named = Environment.GetEnvironmentVariable("SIGNALBOX_CONFORMANCE");
        var folder = Path.Combine(named ?? Path.Combine(RepositoryRoot, "..", "shared", "conformance"), "promql");
        return Directory.Exists(folder) ? folder : null;
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Signalbox.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("The repository's root was not found above the test's folder.");
    }
}
