using Signalbox.Sdk.Processes;

namespace Signalbox.Runner.Processes.Unix;

/// <summary>Sees to it that the ends of children wait to be taken, even if whoever started the runner had the system throw them away.</summary>
/// <remarks>To be called before anything else: .NET remembers how it found the signal, and then takes the ends of all children itself. Source: https://man7.org/linux/man-pages/man2/waitpid.2.html (<c>SIG_IGN</c>)</remarks>
internal static class ChildEnds
{
    private const int Usual = 0;

    public static void Keep()
    {
        if (!OperatingSystem.IsWindows() && IsIgnored(SignalNumbers.Child))
        {
            UnixCalls.SetSignal(SignalNumbers.Child, Usual);
        }
    }

    /// <summary>Whether this process ignores a signal; false where the system does not tell.</summary>
    private static bool IsIgnored(int signal) =>
        KernelFile.Read<bool?>("/proc/self/status", text => IsIgnored(text, signal)) == true;

    internal static bool IsIgnored(ReadOnlySpan<byte> status, int signal)
    {
        var name = "SigIgn:\t"u8;
        var start = status.IndexOf(name);
        return start >= 0
            && System.Buffers.Text.Utf8Parser.TryParse(status[(start + name.Length)..], out ulong signals, out _, 'x')
            && (signals & (1UL << (signal - 1))) != 0;
    }
}
