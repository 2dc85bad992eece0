namespace Signalbox.Runner.Facts;

/// <summary>Makes files and folders that only the user who runs can read: what an agent says may hold secrets.</summary>
internal static class PrivateFiles
{
    /// <summary>Of the names of files that are not in their place yet.</summary>
    public const string TemporaryEnding = ".tmp";

    private const UnixFileMode FileMode600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode FolderMode700 = FileMode600 | UnixFileMode.UserExecute;

    /// <summary>Makes a folder, and those above it that are missing.</summary>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, FolderMode700);
        }
    }

    /// <summary>Whether a folder is one that nobody but its user can write to or look into, as those are that are made here. One that came with a repository is for all to read.</summary>
    /// <remarks>Windows has no such mark; a link is refused everywhere.</remarks>
    public static bool IsPrivate(string path)
    {
        var folder = new DirectoryInfo(path);
        return folder.Exists && folder.LinkTarget is null && (OperatingSystem.IsWindows() || (folder.UnixFileMode & ~FolderMode700) == UnixFileMode.None);
    }

    /// <summary>Opens a file for writing without a buffer of its own, so that what was written is the system's at once.</summary>
    /// <param name="share">What others may do with it meanwhile.</param>
    /// <param name="access">For writing alone a pipe that somebody has put in the file's place keeps waiting for a reader; for both it does not.</param>
    public static FileStream Open(string path, FileMode mode, FileShare share = FileShare.ReadWrite | FileShare.Delete, FileAccess access = FileAccess.Write)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = FileMode600;
        }

        return new FileStream(path, options);
    }

    /// <summary>Opens a file for reading while others may write to it. Of what has no length nothing is read: it may be a pipe that somebody has put in the file's place, of which reading would never end.</summary>
    /// <returns>Null when there is no such file, or a link stands in its place: what that leads to is not what the runner has written.</returns>
    public static Stream? TryOpenRead(string path) => new FileInfo(path) is not { Exists: true, LinkTarget: null } file ? null
        : file.Length == 0 ? Stream.Null
        : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>Whether a link or a pipe stands where a file should: it is not what the runner has written.</summary>
    public static bool IsReplaced(string path)
    {
        if (new FileInfo(path) is not { LinkTarget: null } file)
        {
            return true;
        }

        try
        {
            using var opened = file is { Exists: true, Length: 0 } ? new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0) : null;
            return opened is { CanSeek: false };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Nobody will open it for reading either, because there is nothing in it.
            return false;
        }
    }

    /// <summary>Makes an empty file where there is none.</summary>
    public static void Touch(string path) => Open(path, FileMode.OpenOrCreate).Dispose();

    /// <summary>Puts a whole file in place at once: a reader sees the old one or the new one, also after a crash of this process.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        // A name that cannot be foreseen and must be free: nobody can have put a link or a pipe there.
        var temporary = $"{path}.{System.IO.Path.GetRandomFileName()}{TemporaryEnding}";
        try
        {
            using (var stream = Open(temporary, FileMode.CreateNew))
            {
                stream.Write(content);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            // Most likely the disk is full, and this is the last that it needs.
            File.Delete(temporary);
            throw;
        }
    }
}
