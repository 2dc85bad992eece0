using System.Runtime.InteropServices;

namespace Signalbox.Runner.Processes.Unix;

/// <summary>The system's calls that start a process.</summary>
/// <remarks>Attributes and actions are opaque memory of the caller's. Source: https://pubs.opengroup.org/onlinepubs/9799919799/functions/posix_spawn.html</remarks>
internal static class UnixSpawnCalls
{
    [DllImport("libc", EntryPoint = "posix_spawn", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Spawn(
        out int process,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string path,
        nint actions,
        nint attributes,
        nint[] arguments,
        nint[] environment);

    [DllImport("libc", EntryPoint = "posix_spawnattr_init", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int InitializeAttributes(nint attributes);

    [DllImport("libc", EntryPoint = "posix_spawnattr_destroy", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int DestroyAttributes(nint attributes);

    [DllImport("libc", EntryPoint = "posix_spawnattr_setflags", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int SetFlags(nint attributes, short flags);

    [DllImport("libc", EntryPoint = "posix_spawnattr_setpgroup", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int SetGroup(nint attributes, int group);

    [DllImport("libc", EntryPoint = "posix_spawnattr_setsigdefault", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int SetDefaultSignals(nint attributes, byte[] signals);

    [DllImport("libc", EntryPoint = "posix_spawnattr_setsigmask", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int SetBlockedSignals(nint attributes, byte[] signals);

    /// <summary>Of glibc from 2.39 on.</summary>
    [DllImport("libc", EntryPoint = "posix_spawnattr_setcgroup_np", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int SetCgroup(nint attributes, int folder);

    [DllImport("libc", EntryPoint = "posix_spawn_file_actions_init", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int InitializeActions(nint actions);

    [DllImport("libc", EntryPoint = "posix_spawn_file_actions_destroy", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int DestroyActions(nint actions);

    [DllImport("libc", EntryPoint = "posix_spawn_file_actions_addclose", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int AddClose(nint actions, int descriptor);

    [DllImport("libc", EntryPoint = "posix_spawn_file_actions_adddup2", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int AddDuplicate(nint actions, int descriptor, int target);

    [DllImport("libc", EntryPoint = "posix_spawn_file_actions_addopen", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int AddOpen(nint actions, int descriptor, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, int mode);

    [DllImport("libc", EntryPoint = "posix_spawn_file_actions_addchdir_np", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int AddChangeFolder(nint actions, [MarshalAs(UnmanagedType.LPUTF8Str)] string path);

    /// <summary>Of glibc from 2.35 on.</summary>
    [DllImport("libc", EntryPoint = "posix_spawn_file_actions_addtcsetpgrp_np", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int AddForeground(nint actions, int terminal);
}
