using System.Runtime.InteropServices;

namespace Signalbox.Server.Ingest.Host;

/// <summary>What statvfs says of one filesystem.</summary>
/// <param name="AvailableBytes">Free for users other than root.</param>
internal sealed record FilesystemStatistics(double SizeBytes, double FreeBytes, double AvailableBytes, double Files, double FilesFree)
{
    /// <returns>Null when the filesystem does not answer.</returns>
    public static FilesystemStatistics? Read(string mountPoint)
    {
        // The layout below is that of 64-bit Linux, with glibc as with musl.
        if (OperatingSystem.IsLinux() && IntPtr.Size == 8)
        {
            return StatVfs(mountPoint, out var raw) == 0
                ? new FilesystemStatistics((double)raw.Blocks * raw.FragmentSize, (double)raw.BlocksFree * raw.FragmentSize, (double)raw.BlocksAvailable * raw.FragmentSize, raw.Files, raw.FilesFree)
                : null;
        }

        try
        {
            var drive = new DriveInfo(mountPoint);
            return new FilesystemStatistics(drive.TotalSize, drive.TotalFreeSpace, drive.AvailableFreeSpace, 0, 0);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    [DllImport("libc", EntryPoint = "statvfs", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int StatVfs([MarshalAs(UnmanagedType.LPUTF8Str)] string path, out Raw statistics);

    [StructLayout(LayoutKind.Sequential, Size = 256)]
    private struct Raw
    {
        public ulong BlockSize;
        public ulong FragmentSize;
        public ulong Blocks;
        public ulong BlocksFree;
        public ulong BlocksAvailable;
        public ulong Files;
        public ulong FilesFree;
        public ulong FilesAvailable;
    }
}
