using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Signalbox.Runner.Processes.Unix;

/// <summary>Waits for a child process and takes what the system says of its end.</summary>
internal static class UnixWait
{
    private const int ByProcess = 1;
    private const int NoHang = 1;
    private const int Exited = 4;
    private const int CodeOffset = 8;
    private const int CodeOfStop = 5;
    private const int Interrupted = 4;

    private static int Stopped => OperatingSystem.IsMacOS() ? 8 : 2;

    private static int LeaveIt => OperatingSystem.IsMacOS() ? 0x20 : 0x01000000;

    private static int StatusOffset => OperatingSystem.IsMacOS() ? 20 : 24;

    /// <summary>Waits until the child ends, and leaves it in the process table, so that its number, and its group's, is nobody else's.</summary>
    /// <param name="onStop">Called with the signal each time that the child is stopped.</param>
    public static void UntilEnded(int process, Action<int> onStop)
    {
        var information = new byte[256];
        while (true)
        {
            if (UnixCalls.WaitForState(ByProcess, process, information, Exited | Stopped | LeaveIt) != 0)
            {
                if (Marshal.GetLastPInvokeError() == Interrupted)
                {
                    continue;
                }

                // Somebody else has taken its end; Reap tells the same.
                return;
            }

            if (BitConverter.ToInt32(information, CodeOffset) != CodeOfStop)
            {
                return;
            }

            // A stop is told once; taking it lets the next wait sleep.
            _ = UnixCalls.WaitForState(ByProcess, process, information, Stopped | NoHang);
            onStop(BitConverter.ToInt32(information, StatusOffset));
        }
    }

    /// <summary>Takes the end of a child that has ended.</summary>
    /// <returns>Null when it has not, or is no child of this process, or somebody else took it.</returns>
    public static WaitResult? Reap(int process, bool wait)
    {
        var usage = new byte[512];
        while (true)
        {
            var found = UnixCalls.Reap(process, out var status, wait ? 0 : NoHang, usage);
            if (found == process)
            {
                return Read(status, usage);
            }

            if (found == 0 || Marshal.GetLastPInvokeError() != Interrupted)
            {
                return null;
            }
        }
    }

    private static WaitResult Read(int status, ReadOnlySpan<byte> usage)
    {
        var signal = status & 0x7f;
        return new WaitResult(signal == 0 ? (status >> 8) & 0xff : 128 + signal, signal == 0 ? null : signal, Time(usage) + Time(usage[16..]));
    }

    /// <summary>Seconds and microseconds; of the latter only four bytes mean something everywhere.</summary>
    private static TimeSpan Time(ReadOnlySpan<byte> value) =>
        TimeSpan.FromSeconds(BinaryPrimitives.ReadInt64LittleEndian(value)) + TimeSpan.FromMicroseconds(BinaryPrimitives.ReadInt32LittleEndian(value[8..]));
}

/// <summary>The end of a process as the system tells it.</summary>
/// <param name="Code">Its exit code, or 128 + n.</param>
/// <param name="Signal">The signal n that ended it.</param>
/// <param name="CpuTime">Its own and that of the descendants it waited for.</param>
internal readonly record struct WaitResult(int Code, int? Signal, TimeSpan CpuTime);
