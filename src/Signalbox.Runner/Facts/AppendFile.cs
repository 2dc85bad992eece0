using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Signalbox.Runner.Facts;

/// <summary>Appends to a file that several processes append to: each call is one write at what is the end at that moment, so nothing is mixed or overwritten.</summary>
/// <remarks>
/// The runtime's own append mode looks for the end once, when it opens the file; two writers of it overwrite each other. Not thread-safe.
/// Source: https://man7.org/linux/man-pages/man2/open.2.html (O_APPEND).
/// </remarks>
internal sealed class AppendFile : IDisposable
{
    private const int WriteOnly = 1;
    private const int AppendOnLinux = 0x400;
    private const int NoWaitOnLinux = 0x800;
    private const int NoWaitOnMac = 0x4;
    private const int CloseOnExecOnLinux = 0x80000;
    private const int AppendOnMac = 0x8;
    private const int CloseOnExecOnMac = 0x1000000;
    private const int Interrupted = 4;

    private readonly SafeFileHandle? _handle;
    private readonly FileStream? _stream;

    /// <param name="mayWait">Whether the file may be a pipe, for whose reader is waited; otherwise one that has been put in its place is an error and keeps nobody waiting.</param>
    /// <exception cref="IOException">The file cannot be made or opened.</exception>
    public AppendFile(string path, bool mayWait = false)
    {
        Path = path;
        if (OperatingSystem.IsWindows())
        {
            // Windows appends at the end by itself for a handle that may do nothing else.
            _stream = new FileInfo(path).Create(
                FileMode.OpenOrCreate, System.Security.AccessControl.FileSystemRights.AppendData, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.None, null);
            return;
        }

        if (mayWait || !File.Exists(path))
        {
            PrivateFiles.Touch(path);
        }

        var noWait = mayWait ? 0 : OperatingSystem.IsMacOS() ? NoWaitOnMac : NoWaitOnLinux;
        _handle = Open(path, WriteOnly | noWait | (OperatingSystem.IsMacOS() ? AppendOnMac | CloseOnExecOnMac : AppendOnLinux | CloseOnExecOnLinux));
        if (_handle.IsInvalid)
        {
            throw new IOException($"{path} cannot be opened: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}.");
        }
    }

    public string Path { get; }

    /// <exception cref="IOException">The bytes, or some of them, could not be written.</exception>
    public void Append(byte[] bytes)
    {
        if (_stream is not null)
        {
            _stream.Write(bytes);
            _stream.Flush();
            return;
        }

        var written = Write(_handle!, bytes, bytes.Length);
        while (written < 0 && Marshal.GetLastPInvokeError() == Interrupted)
        {
            written = Write(_handle!, bytes, bytes.Length);
        }

        if (written != bytes.Length)
        {
            throw new IOException(written < 0
                ? $"{Path} cannot be written to: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}."
                : $"{Path} took {written} of {bytes.Length} bytes.");
        }
    }

    public void Dispose()
    {
        _handle?.Dispose();
        _stream?.Dispose();
    }

    [DllImport("libc", EntryPoint = "open", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern SafeFileHandle Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "write", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Write(SafeFileHandle file, byte[] bytes, nint count);
}
