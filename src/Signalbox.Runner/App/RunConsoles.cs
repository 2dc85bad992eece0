using Signalbox.Runner.App.Running;
using Signalbox.Runner.Processes.Unix;

namespace Signalbox.Runner.App;

/// <summary>The console that this process was started with.</summary>
internal static class RunConsoles
{
    /// <remarks>Not by the console's own streams: on a terminal those send sequences of their own, and the terminal is the command's.</remarks>
    public static RunConsole Own() => new(
        OperatingSystem.IsWindows() ? Console.OpenStandardOutput() : new DescriptorStream(1),
        TextWriter.Synchronized(new StreamWriter(OperatingSystem.IsWindows() ? Console.OpenStandardError() : new DescriptorStream(2)) { AutoFlush = true }),
        !Console.IsErrorRedirected);
}
