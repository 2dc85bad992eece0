using System.Runtime.InteropServices;

namespace Signalbox.Sdk.Processes;

/// <summary>Sends signals to process groups.</summary>
/// <remarks>Source: https://man7.org/linux/man-pages/man2/kill.2.html. The numbers are those of Linux on every architecture that .NET runs on.</remarks>
internal static class UnixSignals
{
    public const int Kill = 9;
    public const int Terminate = 15;
    public const int Continue = 18;

    private static readonly Dictionary<int, string> Names = new()
    {
        [1] = "SIGHUP", [2] = "SIGINT", [3] = "SIGQUIT", [4] = "SIGILL", [5] = "SIGTRAP", [6] = "SIGABRT", [7] = "SIGBUS", [8] = "SIGFPE", [9] = "SIGKILL",
        [10] = "SIGUSR1", [11] = "SIGSEGV", [12] = "SIGUSR2", [13] = "SIGPIPE", [14] = "SIGALRM", [15] = "SIGTERM", [24] = "SIGXCPU", [25] = "SIGXFSZ", [31] = "SIGSYS",
    };

    /// <summary>The name of the signal that an exit code of 128 + n tells of; null when it tells of none.</summary>
    public static string? NameOfExit(int exitCode) => Names.GetValueOrDefault(exitCode - 128);

    /// <returns>False when there is no such group, or none of it may be signalled.</returns>
    public static bool SendToGroup(int group, int signal) => Send(-group, signal) == 0;

    /// <returns>False when there is no such process, or it may not be signalled.</returns>
    public static bool SendToProcess(int process, int signal) => Send(process, signal) == 0;

    [DllImport("libc", EntryPoint = "kill", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Send(int process, int signal);
}
