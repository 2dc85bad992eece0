using System.Text;

namespace Signalbox.Runner.Facts;

/// <summary>Puts a file where its user wants it: a reader sees the old content or the new one.</summary>
internal static class WholeFile
{
    /// <remarks>
    /// A device, such as <c>/dev/stdout</c>, is written to as it is: a file in its place would take it away from everybody else.
    /// The temporary file bears another ending, so that whoever reads all of a kind in a folder, as node_exporter does, never sees it.
    /// </remarks>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be written.</exception>
    public static void Write(string path, string text)
    {
        if (IsDevice(path))
        {
            using var device = new AppendFile(path, mayWait: true);
            device.Append(Encoding.UTF8.GetBytes(text));
            return;
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        var temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.{Path.GetRandomFileName()}{PrivateFiles.TemporaryEnding}");
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                file.Write(Encoding.UTF8.GetBytes(text));
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static bool IsDevice(string path)
    {
        var whole = Path.GetFullPath(path);
        return !OperatingSystem.IsWindows() && File.Exists(whole) && (whole.StartsWith("/dev/", StringComparison.Ordinal) || whole.StartsWith("/proc/", StringComparison.Ordinal));
    }
}
