using Signalbox.Testing.Files;

namespace Signalbox.Runner.Tests.Snippets;

/// <summary>The programs of the build that the tests belong to, as they are started: their own folders have all that they need.</summary>
internal static class BuiltPrograms
{
    public static string Runner { get; } = Find("Signalbox.Runner", "cicd-runner.dll");

    public static string FakeAgent { get; } = Find("Signalbox.Runner.FakeAgent", "Signalbox.Runner.FakeAgent.dll");

    /// <summary>Makes a shell script that a test has written a program.</summary>
    public static void MakeExecutable(string file)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    private static string Find(string project, string file) =>
        RepositoryRoot.File("artifacts", "bin", project, Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/')), file);
}
