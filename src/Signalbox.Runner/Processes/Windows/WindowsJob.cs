using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Signalbox.Runner.Processes.Windows;

/// <summary>A job object: processes that end together, at the latest when the last handle to it is closed, which the runner's end does.</summary>
/// <remarks>Source: https://learn.microsoft.com/windows/win32/procthread/job-objects</remarks>
internal sealed class WindowsJob : IDisposable
{
    private const int Accounting = 1;
    private const int AccountingSize = 48;
    private const int ProcessList = 3;
    private const int ExtendedLimits = 9;
    private const int ExtendedLimitsSize = 144;
    private const int FlagsOffset = 16;
    private const int EndOnClose = 0x2000;
    private const int ListHeader = 8;
    private const int Room = 4096;

    private readonly SafeFileHandle _handle;

    private WindowsJob(SafeFileHandle handle) => _handle = handle;

    /// <exception cref="Win32Exception">The system gives none.</exception>
    public static WindowsJob Create()
    {
        var handle = new SafeFileHandle(CreateJobObject(0, null), ownsHandle: true);
        var limits = new byte[ExtendedLimitsSize];
        BitConverter.TryWriteBytes(limits.AsSpan(FlagsOffset), EndOnClose);
        if (handle.IsInvalid || SetInformationJobObject(handle, ExtendedLimits, limits, limits.Length) == 0)
        {
            throw new Win32Exception();
        }

        return new WindowsJob(handle);
    }

    /// <exception cref="Win32Exception">The process cannot be in it.</exception>
    public void Add(Process process)
    {
        if (AssignProcessToJobObject(_handle, process.SafeHandle) == 0 && !process.HasExited)
        {
            throw new Win32Exception();
        }
    }

    public IReadOnlyList<int> ReadProcesses()
    {
        var list = new byte[ListHeader + (Room * nint.Size)];
        if (QueryInformationJobObject(_handle, ProcessList, list, list.Length, 0) == 0)
        {
            return [];
        }

        var found = new List<int>();
        for (var index = 0; index < BitConverter.ToInt32(list, 4); index++)
        {
            found.Add(BitConverter.ToInt32(list, ListHeader + (index * nint.Size)));
        }

        return found;
    }

    /// <summary>Processor time of all processes that are or were in it; null when the system does not tell.</summary>
    public TimeSpan? ReadCpuTime()
    {
        // The times in user mode and in the kernel come first, in units of 100 ns.
        var account = new byte[AccountingSize];
        var isTold = QueryInformationJobObject(_handle, Accounting, account, account.Length, 0) != 0;
        return isTold && BitConverter.ToInt64(account) + BitConverter.ToInt64(account, sizeof(long)) is > 0 and var units ? TimeSpan.FromTicks(units) : null;
    }

    /// <summary>Ends all that is in it, with the code that a kill has elsewhere.</summary>
    public void End() => _ = TerminateJobObject(_handle, 137);

    public void Dispose() => _handle.Dispose();

    [DllImport("kernel32", EntryPoint = "CreateJobObjectW", ExactSpelling = true, SetLastError = true, CharSet = CharSet.Unicode)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern nint CreateJobObject(nint attributes, string? name);

    [DllImport("kernel32", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int SetInformationJobObject(SafeFileHandle job, int kind, byte[] information, int size);

    [DllImport("kernel32", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int QueryInformationJobObject(SafeFileHandle job, int kind, [Out] byte[] information, int size, nint needed);

    [DllImport("kernel32", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int AssignProcessToJobObject(SafeFileHandle job, SafeProcessHandle process);

    [DllImport("kernel32", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int TerminateJobObject(SafeFileHandle job, int code);
}
