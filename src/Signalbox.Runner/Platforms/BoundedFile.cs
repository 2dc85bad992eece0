using System.Text;

namespace Signalbox.Runner.Platforms;

/// <summary>Reads small files of others that may be missing, locked or far too large.</summary>
internal static class BoundedFile
{
    /// <returns>Null when there is no such file, it cannot be read, or it is larger.</returns>
    public static byte[]? ReadBytes(string? path, int maxBytes)
    {
        if (path is null)
        {
            return null;
        }

        try
        {
            if (new FileInfo(path) is { Exists: true, Length: 0 })
            {
                // It may be a pipe, of which reading would never end.
                return [];
            }

            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
            if (file.Length > maxBytes)
            {
                return null;
            }

            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    public static string? ReadText(string? path, int maxBytes) => ReadBytes(path, maxBytes) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;
}
