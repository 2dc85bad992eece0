using System.Runtime.InteropServices;

namespace Signalbox.Runner.Processes.Unix;

/// <summary>The system's calls that wait for processes, and those that say who may use how much of what.</summary>
/// <remarks>Source: https://pubs.opengroup.org/onlinepubs/9799919799/functions/contents.html; <c>wait4</c>, <c>prctl</c> and <c>sched_setaffinity</c>: https://man7.org/linux/man-pages/dir_section_2.html</remarks>
internal static class UnixCalls
{
    [DllImport("libc", EntryPoint = "waitid", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int WaitForState(int kind, int process, [Out] byte[] information, int options);

    [DllImport("libc", EntryPoint = "wait4", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Reap(int process, out int status, int options, [Out] byte[] usage);

    [DllImport("libc", EntryPoint = "signal", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nint SetSignal(int signal, nint handler);

    [DllImport("libc", EntryPoint = "raise", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Raise(int signal);

    [DllImport("libc", EntryPoint = "getpgrp", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int OwnGroup();

    /// <summary>Linux only: the end to read from and the end to write to.</summary>
    [DllImport("libc", EntryPoint = "pipe2", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int MakePipe([Out] int[] ends, int flags);

    /// <summary>Linux only.</summary>
    [DllImport("libc", EntryPoint = "prctl", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int ControlProcess(int option, nint argument, nint second, nint third, nint fourth);

    /// <summary>Linux only.</summary>
    [DllImport("libc", EntryPoint = "sched_getaffinity", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int GetAffinity(int thread, nint size, [Out] byte[] cores);

    /// <summary>Linux only.</summary>
    [DllImport("libc", EntryPoint = "sched_setaffinity", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int SetAffinity(int thread, nint size, byte[] cores);
}
