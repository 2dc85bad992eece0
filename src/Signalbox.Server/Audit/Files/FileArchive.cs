using System.Globalization;
using System.IO.Compression;

namespace Signalbox.Server.Audit.Files;

/// <summary>Puts full audit files aside under the time of their end, compresses them, and deletes them when theirs is over.</summary>
internal sealed class FileArchive(string path, FileSinkOptions options)
{
    private const string Stamp = "yyyy-MM-dd'T'HH-mm-ss.fff'Z'";
    private const string Compressed = ".gz";
    private const string Unfinished = ".gz.new";

    /// <summary>Gives the file its name for good.</summary>
    public void PutAside(DateTimeOffset now)
    {
        var target = NameAt(now);
        while (File.Exists(target) || File.Exists(target + Compressed))
        {
            now = now.AddMilliseconds(1);
            target = NameAt(now);
        }

        File.Move(path, target);
    }

    /// <summary>Compresses what was put aside and is not compressed yet, also what an earlier process left, and deletes what is too old.</summary>
    public async Task TidyAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(path)!).Where(file => file.StartsWith(path + ".", StringComparison.Ordinal)))
        {
            var name = file[(path.Length + 1)..];
            if (name.EndsWith(Unfinished, StringComparison.Ordinal) && TryRead(name[..^Unfinished.Length], out _))
            {
                File.Delete(file);
            }
            else if (TryRead(name.EndsWith(Compressed, StringComparison.Ordinal) ? name[..^Compressed.Length] : name, out var endedAt))
            {
                if (endedAt + options.Keep <= now)
                {
                    File.Delete(file);
                }
                else if (options.Compress && !name.EndsWith(Compressed, StringComparison.Ordinal))
                {
                    await CompressAsync(file, cancellationToken);
                }
            }
        }
    }

    private static bool TryRead(string stamp, out DateTimeOffset at) => DateTimeOffset.TryParseExact(stamp, Stamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out at);

    private static async Task CompressAsync(string file, CancellationToken cancellationToken)
    {
        var unfinished = file + Unfinished;
        await using (var source = AuditFile.Open(file, FileMode.Open))
        await using (var target = AuditFile.Open(unfinished, FileMode.Create))
        {
            await using (var gzip = new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true))
            {
                await source.CopyToAsync(gzip, cancellationToken);
            }

            target.Flush(flushToDisk: true);
        }

        File.Move(unfinished, file + Compressed, overwrite: true);
        File.Delete(file);
    }

    private string NameAt(DateTimeOffset time) => $"{path}.{time.UtcDateTime.ToString(Stamp, CultureInfo.InvariantCulture)}";
}
