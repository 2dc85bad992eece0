using System.CommandLine;
using System.Runtime.InteropServices;
using Signalbox.Server.Platform;

namespace Signalbox.Server.App;

/// <summary><c>signalbox version</c>: which build this is.</summary>
internal static class VersionCommand
{
    public static Command Create()
    {
        var command = new Command("version", "Print version, runtime and platform.");
        command.SetAction(static _ => Console.Out.WriteLine($"signalbox {ProductVersion.Text} ({RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier})"));
        return command;
    }
}
