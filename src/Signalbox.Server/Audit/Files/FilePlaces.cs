using System.Text.Json;

namespace Signalbox.Server.Audit.Files;

/// <summary>How far the audit file tells, log by log, and how much of it that was when this was last written down.</summary>
/// <param name="Offset">Bytes of the file that <paramref name="Next"/> covers.</param>
/// <param name="OpenedAtMs">When the file was begun, in milliseconds since 1970.</param>
/// <param name="Next">By tenant: the next sequence to write.</param>
internal sealed record FilePlaces(long Offset, long OpenedAtMs, Dictionary<string, long> Next)
{
    /// <summary>Reads what was written down; null when there is nothing that can be read, which is then found by reading the file itself.</summary>
    public static FilePlaces? Load(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), AuditJson.Default.FilePlaces) is { Next: not null, Offset: >= 0 } places ? places : null;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes it down in one step; whoever reads it finds this or what was there before.</summary>
    public void Save(string path)
    {
        var next = path + ".new";
        using (var stream = AuditFile.Open(next, FileMode.Create))
        {
            stream.Write(JsonSerializer.SerializeToUtf8Bytes(this, AuditJson.Default.FilePlaces));
            stream.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
    }
}
