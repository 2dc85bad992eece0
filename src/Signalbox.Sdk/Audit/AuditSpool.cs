using System.Text;
using System.Text.Json;

namespace Signalbox.Sdk.Audit;

/// <summary>A folder of batches that are not sent yet, a file of JSON lines each, oldest first by their names.</summary>
/// <remarks>A file is whole before it has its name, and is deleted once its events are in the log, so whatever is there at a start is sent, some of it for a second time, which the server notices by the ids.</remarks>
internal sealed class AuditSpool : IDisposable
{
    private const string Pattern = "*.jsonl";
    private readonly string _folder;
    private readonly long _maxBytes;
    private readonly TimeProvider _clock;
    private readonly FileStream _lock;
    private readonly LinkedList<(string File, long Bytes)> _files = new();
    private long _bytes;

    /// <exception cref="IOException">The folder cannot be written to, or another client uses it.</exception>
    public AuditSpool(string folder, long maxBytes, TimeProvider clock)
    {
        (_folder, _maxBytes, _clock) = (folder, maxBytes, clock);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        _lock = Open(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite);
        foreach (var part in Directory.GetFiles(folder, "*.part"))
        {
            // Its events were never promised to anybody: the process ended while it wrote them.
            File.Delete(part);
        }

        foreach (var file in FilesIn(folder).Order(StringComparer.Ordinal))
        {
            Keep(file, new FileInfo(file).Length);
        }
    }

    /// <summary>Files of batches. What has no length is none, and may be a pipe, of which reading would never end; nor is what a link leads to.</summary>
    public static IEnumerable<string> FilesIn(string folder) => Directory.GetFiles(folder, Pattern).Where(static file => new FileInfo(file) is { Exists: true, LinkTarget: null, Length: > 0 });

    /// <summary>Keeps a batch on disk.</summary>
    /// <returns>False when there is no room.</returns>
    public bool TryAdd(IReadOnlyList<PreparedEntry> batch)
    {
        var length = batch.Sum(static entry => entry.Json.Length + 1L);
        if (_bytes + length > _maxBytes)
        {
            return false;
        }

        // Ids of version 7 begin with the time, so names are in the order of the batches. An event's own id would not do: the same event may be in two batches.
        var file = Path.Combine(_folder, $"{Guid.CreateVersion7(_clock.GetUtcNow())}.jsonl");
        using (var stream = Open(file + ".part", FileMode.Create, FileAccess.Write))
        {
            foreach (var entry in batch)
            {
                stream.Write(entry.Json);
                stream.WriteByte((byte)'\n');
            }

            stream.Flush(flushToDisk: true);
        }

        File.Move(file + ".part", file, overwrite: true);
        Keep(file, length);
        return true;
    }

    /// <param name="unreadable">Told of each line that is no event, with its place.</param>
    /// <returns>The events of the oldest file; null when there is none.</returns>
    public List<PreparedEntry>? Oldest(Action<string, ReadOnlyMemory<byte>> unreadable)
    {
        if (_files.First is not { } first)
        {
            return null;
        }

        var (batch, number) = (new List<PreparedEntry>(), 0);
        foreach (var line in File.ReadLines(first.Value.File, Encoding.UTF8))
        {
            number++;
            var json = Encoding.UTF8.GetBytes(line);
            if (IdOf(json) is { } id)
            {
                batch.Add(new PreparedEntry(id, json));
            }
            else
            {
                unreadable($"{Path.GetFileName(first.Value.File)}:{number}", json);
            }
        }

        return batch;
    }

    /// <summary>Deletes the oldest file.</summary>
    public void RemoveOldest()
    {
        var (file, bytes) = _files.First!.Value;
        File.Delete(file);
        _files.RemoveFirst();
        _bytes -= bytes;
    }

    public void Dispose() => _lock.Dispose();

    /// <summary>For the process's own user alone: what people did is nobody else's business on a shared machine.</summary>
    private static FileStream Open(string file, FileMode mode, FileAccess access)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(file, options);
    }

    private static string? IdOf(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("id", out var id) ? id.GetString() : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private void Keep(string file, long bytes)
    {
        _files.AddLast((file, bytes));
        _bytes += bytes;
    }
}
