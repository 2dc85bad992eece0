using System.Security.Cryptography;
using System.Text;

namespace Signalbox.Runner.WorkTree;

/// <summary>Looks at files without following links, and hashes them as far as a number of bytes allows.</summary>
/// <param name="maxBytes">That are hashed in all.</param>
internal sealed class FileLook(string root, long maxBytes)
{
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private long _left = maxBytes;

    /// <summary>Files that could not be read, or not be hashed because the bound was reached.</summary>
    public long Unread { get; private set; }

    /// <param name="path">Relative to the root.</param>
    public FileState Of(string path, ContentStore? kept = null)
    {
        var file = new FileInfo(Path.Combine(root, path));
        try
        {
            if (!file.Exists && !Directory.Exists(file.FullName) && file.LinkTarget is null)
            {
                return new FileState { Path = path, Kind = FileState.Absent };
            }

            return Read(path, file, kept);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Unread++;
            return new FileState { Path = path, Kind = FileState.File, Size = -1 };
        }
    }

    /// <summary>The same for a file of which a list tells that it is there.</summary>
    /// <remarks>A name that is no UTF-8 cannot be looked up, and must hide nothing all the same.</remarks>
    public FileState OfListed(string path, ContentStore? kept = null)
    {
        var state = Of(path, kept);
        if (state.Kind != FileState.Absent || !path.Contains('\uFFFD', StringComparison.Ordinal))
        {
            return state;
        }

        Unread++;
        return new FileState { Path = path, Kind = FileState.File, Size = -1 };
    }

    /// <returns>Null when it is no regular file, is longer, or cannot be read.</returns>
    public byte[]? Content(string path, long longest)
    {
        var file = new FileInfo(Path.Combine(root, path));
        try
        {
            return file.Exists && file.LinkTarget is null && file.Length <= longest ? ReadAll(file) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static byte[] ReadAll(FileInfo file) => file.Length == 0 ? [] : File.ReadAllBytes(file.FullName);

    private static string Hex(ReadOnlySpan<byte> hash) => Convert.ToHexStringLower(hash);

    private FileState Read(string path, FileInfo file, ContentStore? kept)
    {
        if (file.LinkTarget is { } target)
        {
            return new FileState { Path = path, Kind = FileState.Link, Size = target.Length, Hash = Hex(SHA256.HashData(Encoding.UTF8.GetBytes(target))) };
        }

        if (!file.Exists)
        {
            return new FileState { Path = path, Kind = FileState.Repository };
        }

        var length = file.Length;
        var state = new FileState
        {
            Path = path,
            Kind = FileState.File,
            Size = length,
            IsExecutable = !OperatingSystem.IsWindows() && (file.UnixFileMode & Executable) != UnixFileMode.None,
            WrittenAt = file.LastWriteTimeUtc.Ticks,
        };
        if (length > _left)
        {
            Unread++;
            return state;
        }

        _left -= length;
        if (kept?.HasRoom(length) == true)
        {
            var content = ReadAll(file);
            return state with { Hash = Hex(SHA256.HashData(content)), KeptAt = kept.Add(content) };
        }

        // What has no length may be a pipe, of which reading would never end.
        if (length == 0)
        {
            return state with { Hash = Hex(SHA256.HashData([])) };
        }

        using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        return state with { Hash = Hex(SHA256.HashData(stream)) };
    }
}
