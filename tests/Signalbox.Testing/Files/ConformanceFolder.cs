using Xunit;

namespace Signalbox.Testing.Files;

/// <summary>Test data that others wrote, read where it stands: <c>SIGNALBOX_CONFORMANCE</c>, or <c>../shared/conformance</c> beside the repository.</summary>
public static class ConformanceFolder
{
    /// <summary>The folder's path; the test is skipped, visibly, when it is not there.</summary>
    public static string Require(string name)
    {
        var path = Find(name);
        if (path is null)
        {
            Assert.Skip($"The conformance data '{name}' is not here: put it at ../shared/conformance or name its folder in SIGNALBOX_CONFORMANCE.");
        }

        return path;
    }

    /// <summary>The folder's path, or null.</summary>
    public static string? Find(string name)
    {
        var root = Environment.GetEnvironmentVariable("SIGNALBOX_CONFORMANCE") ?? RepositoryRoot.File("..", "shared", "conformance");
        var path = Path.GetFullPath(Path.Combine(root, name));
        return Directory.Exists(path) ? path : null;
    }
}
