using System.Globalization;
using System.Runtime.InteropServices;

namespace Signalbox.Runner.FakeAgent;

/// <summary><c>signal N</c>: sends itself a signal, and hangs when that did not end it.</summary>
internal static class Signal
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var signal = int.Parse(arguments[0], CultureInfo.InvariantCulture);

        // The runtime has handlers of its own for several.
        _ = SetSignal(signal, 0);
        _ = Send(Environment.ProcessId, signal);
        return await Hang.RunAsync(arguments);
    }

    [DllImport("libc", EntryPoint = "kill", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Send(int process, int signal);

    [DllImport("libc", EntryPoint = "signal", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint SetSignal(int signal, nint handler);
}
