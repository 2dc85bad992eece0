using System.Runtime.InteropServices;

namespace Signalbox.Runner.Processes.Unix;

/// <summary>The system's calls about terminals.</summary>
/// <remarks>Source: https://pubs.opengroup.org/onlinepubs/9799919799/functions/contents.html; <c>ioctl</c>: https://man7.org/linux/man-pages/man2/TIOCGWINSZ.2const.html</remarks>
internal static class TerminalCalls
{
    [DllImport("libc", EntryPoint = "isatty", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int IsTerminal(int descriptor);

    [DllImport("libc", EntryPoint = "open", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "tcgetpgrp", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int ForegroundGroup(int terminal);

    [DllImport("libc", EntryPoint = "tcsetpgrp", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int SetForegroundGroup(int terminal, int group);

    [DllImport("libc", EntryPoint = "tcgetattr", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int GetAttributes(int terminal, byte[] attributes);

    [DllImport("libc", EntryPoint = "tcsetattr", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int SetAttributes(int terminal, int when, byte[] attributes);

    [DllImport("libc", EntryPoint = "cfmakeraw", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern void MakeRaw(byte[] attributes);

    [DllImport("libc", EntryPoint = "posix_openpt", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int OpenPair(int flags);

    [DllImport("libc", EntryPoint = "grantpt", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Grant(int master);

    [DllImport("libc", EntryPoint = "unlockpt", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Unlock(int master);

    [DllImport("libc", EntryPoint = "ptsname_r", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int SlaveName(int master, byte[] name, nint size);

    [DllImport("libc", EntryPoint = "ioctl", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Control(int descriptor, nint request, byte[] value);

    /// <summary>The same on Apple's ARM, where the variable part of a call's arguments is on the stack: the six between fill the registers.</summary>
    [DllImport("libc", EntryPoint = "ioctl", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int ControlOnAppleArm(int descriptor, nint request, nint third, nint fourth, nint fifth, nint sixth, nint seventh, nint eighth, byte[] value);
}
