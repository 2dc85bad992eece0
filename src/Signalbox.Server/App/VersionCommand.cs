using System.CommandLine;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Signalbox.Server.App;

/// <summary><c>signalbox version</c>: which build this is.</summary>
internal static class VersionCommand
{
    /// <summary>Version and commit, for instance <c>0.1.0+3f2a…</c>.</summary>
    public static string Version { get; } =
        typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    public static Command Create()
    {
        var command = new Command("version", "Print version, runtime and platform.");
        command.SetAction(static _ => Console.Out.WriteLine($"signalbox {Version} ({RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier})"));
        return command;
    }
}
