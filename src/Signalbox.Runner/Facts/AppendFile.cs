using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Signalbox.Runner.Facts;

/// <summary>Appends to a file that several processes append to: each call is one write at what is the end at that moment, so nothing is mixed or overwritten.</summary>
/// <remarks>
/// The runtime's own append mode looks for the end once, when it opens the file; two writers of it overwrite each other. A line that some writer could not bring to its end,
/// as on a full disk, is left as it is, and the next one begins a line of its own. Not thread-safe.
/// Source: https://man7.org/linux/man-pages/man2/open.2.html (O_APPEND).
/// </remarks>
internal sealed class AppendFile : IDisposable
{
    private const int ReadOnly = 0;
    private const int WriteOnly = 1;
    private const int AppendOnLinux = 0x400;
    private const int NoWaitOnLinux = 0x800;
    private const int NoWaitOnMac = 0x4;
    private const int CloseOnExecOnLinux = 0x80000;
    private const int AppendOnMac = 0x8;
    private const int CloseOnExecOnMac = 0x1000000;
    private const int Interrupted = 4;
    private const long Unknown = -1;

    private readonly SafeFileHandle? _handle;
    private readonly FileStream? _stream;
    private long _end = Unknown;

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

        _handle = Open(path, WriteOnly | (mayWait ? 0 : NoWait) | CloseOnExec | (OperatingSystem.IsMacOS() ? AppendOnMac : AppendOnLinux));
        if (_handle.IsInvalid)
        {
            throw new IOException($"{path} cannot be opened: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}.");
        }
    }

    public string Path { get; }

    /// <summary>In bytes; 0 for what has none, such as a pipe.</summary>
    public long Length
    {
        get
        {
            try
            {
                return _stream?.Length ?? RandomAccess.GetLength(_handle!);
            }
            catch (NotSupportedException)
            {
                return 0;
            }
        }
    }

    private static int NoWait => OperatingSystem.IsMacOS() ? NoWaitOnMac : NoWaitOnLinux;

    private static int CloseOnExec => OperatingSystem.IsMacOS() ? CloseOnExecOnMac : CloseOnExecOnLinux;

    /// <param name="bytes">Whole lines.</param>
    /// <exception cref="IOException">The bytes, or some of them, could not be written.</exception>
    public void Append(byte[] bytes)
    {
        var length = LengthNow();
        if (length != _end && length > 0 && !EndsWithALine(length))
        {
            bytes = [(byte)'\n', .. bytes];
        }

        // Only what went well is known to end with a line.
        _end = Unknown;
        WriteOnce(bytes);
        _end = length + bytes.Length;
    }

    public void Dispose()
    {
        _handle?.Dispose();
        _stream?.Dispose();
    }

    /// <returns>0 as well for what has no length, such as a pipe, and for what is gone.</returns>
    private long LengthNow() => new FileInfo(Path) is { Exists: true } file ? file.Length : 0;

    /// <summary>Looked at whenever the file does not end where this writer left it: whoever wrote last may be another process.</summary>
    private bool EndsWithALine(long length)
    {
        // Not waiting for anybody either, should a pipe have come into its place just now.
        using var file = OperatingSystem.IsWindows()
            ? File.OpenHandle(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete)
            : Open(Path, ReadOnly | NoWait | CloseOnExec);
        var last = new byte[1];
        return file.IsInvalid || !CanSeek(file) || RandomAccess.Read(file, last, length - 1) < 1 || last[0] == (byte)'\n';
    }

    /// <summary>A terminal or a pipe that was there before cannot be looked at, and reading from it would take what is somebody else's.</summary>
    private static bool CanSeek(SafeFileHandle file)
    {
        using var stream = new FileStream(new SafeFileHandle(file.DangerousGetHandle(), ownsHandle: false), FileAccess.Read, bufferSize: 0);
        return stream.CanSeek;
    }

    private void WriteOnce(byte[] bytes)
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

    [DllImport("libc", EntryPoint = "open", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern SafeFileHandle Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "write", ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Write(SafeFileHandle file, byte[] bytes, nint count);
}
