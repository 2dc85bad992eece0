namespace Signalbox.Server.Tests.Jobs.Running.Handlers;

/// <summary>The built example of an assembly with handlers, which the tests do not refer to.</summary>
internal static class ExampleAssembly
{
    /// <summary>Beside the tests' own folder, of the same configuration.</summary>
    public static string File { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "Signalbox.Examples.Jobs", Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)), "Signalbox.Examples.Jobs.dll"));
}
