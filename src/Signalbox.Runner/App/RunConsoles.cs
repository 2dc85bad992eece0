using Signalbox.Runner.App.Running;
using Signalbox.Runner.Processes.Unix;

namespace Signalbox.Runner.App;

/// <summary>The console that this process was started with.</summary>
internal static class RunConsoles
{
    /// <summary>Whoever reads our errors and takes none for so long misses lines of the log, rather than keeping the runner from its work.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <remarks>Not by the console's own streams: on a terminal those send sequences of their own, and the terminal is the command's.</remarks>
    public static RunConsole Own() => new(
        OperatingSystem.IsWindows() ? Console.OpenStandardOutput() : new DescriptorStream(1),
        TextWriter.Synchronized(new StreamWriter(OperatingSystem.IsWindows() ? Console.OpenStandardError() : new DescriptorStream(2, Patience)) { AutoFlush = true }),
        !Console.IsErrorRedirected);
}
