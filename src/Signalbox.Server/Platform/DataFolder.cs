namespace Signalbox.Server.Platform;

/// <summary>The folder that holds everything the server keeps; owned by one process at a time.</summary>
internal sealed class DataFolder : IDisposable
{
    private const int RoomForAStart = 256 << 10;
    private const string LockName = "signalbox.lock";
    private readonly FileStream _lock;

    private DataFolder(string path, FileStream @lock)
    {
        Path = path;
        _lock = @lock;
    }

    /// <summary>Absolute.</summary>
    public string Path { get; }

    /// <summary>Creates the folder (mode 0700) when it is missing, proves that it can be written to, and locks it.</summary>
    /// <exception cref="StartupException">It cannot be created or written to, the disk is full, or another process owns it.</exception>
    public static DataFolder Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(full);
            }
            else if (!Directory.Exists(full))
            {
                Directory.CreateDirectory(full, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The data folder {full} cannot be created: {exception.Message} Choose another with --data.", exception);
        }

        return new DataFolder(full, Lock(full));
    }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => _lock.Dispose();

    private static FileStream Lock(string folder)
    {
        var file = System.IO.Path.Combine(folder, LockName);
        FileStream stream;
        try
        {
            // Without a buffer: on a full disk, closing a stream would try to write its buffer again and fail a second time.
            stream = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new StartupException($"The data folder {folder} cannot be written to: {exception.Message} Choose another with --data, or correct its owner and mode.", exception);
        }
        catch (IOException exception) when (IsDiskFull(exception))
        {
            throw new StartupException($"The disk that holds the data folder {folder} is full. Free some space, or choose another folder with --data.", exception);
        }
        catch (IOException exception)
        {
            throw new StartupException($"The data folder {folder} is in use by another signalbox (its {LockName} is held). Stop that one, or choose another folder with --data.", exception);
        }

        try
        {
            // A start writes to its databases at once, and those say less clearly than this that there is no room.
            stream.SetLength(0);
            stream.Write(new byte[RoomForAStart]);
            stream.SetLength(0);
            stream.Position = 0;
            stream.Write(System.Text.Encoding.ASCII.GetBytes(FormattableString.Invariant($"{Environment.ProcessId}\n")));
            stream.Flush(flushToDisk: true);
            return stream;
        }
        catch (IOException exception)
        {
            stream.Dispose();
            throw new StartupException(
                IsDiskFull(exception)
                    ? $"The disk that holds the data folder {folder} is full. Free some space, or choose another folder with --data."
                    : $"The data folder {folder} cannot be written to: {exception.Message}",
                exception);
        }
    }

    // ENOSPC on Unix; ERROR_DISK_FULL on Windows.
    private static bool IsDiskFull(IOException exception) => exception.HResult is 28 or unchecked((int)0x80070070);
}
