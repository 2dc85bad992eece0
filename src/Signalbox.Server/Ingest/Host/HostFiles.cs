using System.Text;

namespace Signalbox.Server.Ingest.Host;

/// <summary>Reads the kernel's text files below <c>/proc</c>, <c>/sys</c> and <c>/etc</c>, or below another root in tests.</summary>
internal sealed class HostFiles(string root)
{
    /// <summary>Longest text that is read; the kernel's own files are far shorter.</summary>
    private const int MaxBytes = 4 * 1024 * 1024;

    /// <param name="path">Relative to the root, for instance <c>proc/stat</c>.</param>
    /// <returns>Null when there is no such file, or it cannot be read.</returns>
    public string? Read(string path)
    {
        try
        {
            using var stream = new FileStream(Path.Combine(root, path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            using var text = new MemoryStream();
            var buffer = new byte[16 * 1024];
            int read;
            while (text.Length < MaxBytes && (read = stream.Read(buffer)) > 0)
            {
                text.Write(buffer, 0, read);
            }

            return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>A file that holds one line, trimmed; null when it is not there.</summary>
    public string? ReadLine(string path) => Read(path)?.Trim();

    /// <summary>Names of the entries of a folder, or none.</summary>
    public IReadOnlyList<string> Entries(string path)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(Path.Combine(root, path)).Select(static entry => Path.GetFileName(entry)!).Order(StringComparer.Ordinal)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
