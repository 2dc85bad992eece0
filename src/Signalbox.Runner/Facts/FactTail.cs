using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Signalbox.Runner.Facts;

/// <summary>Reads a file of facts while others append to it: each call gives what has come since the call before.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class FactTail<T>(string path, JsonTypeInfo<T> type)
    where T : class
{
    /// <summary>A line of facts is never longer; what is, is not one.</summary>
    private const int MaxLineLength = 4 << 20;

    private long _offset;

    /// <summary>Whole lines that could not be read, so far.</summary>
    public long Broken { get; private set; }

    /// <summary>Whether the file went on, at the last look, with a line that has no end yet.</summary>
    public bool HoldsCutLine { get; private set; }

    /// <returns>The facts of the lines that have been completed since the last call, in the file's order.</returns>
    public IReadOnlyList<T> Read()
    {
        var info = new FileInfo(path);
        if (!info.Exists || info.Length <= _offset)
        {
            HoldsCutLine = false;
            return [];
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        file.Position = _offset;
        using var rest = new MemoryStream();
        file.CopyTo(rest);
        var bytes = rest.GetBuffer().AsSpan(0, (int)rest.Length);
        var facts = new List<T>();
        for (var end = bytes.IndexOf((byte)'\n'); end >= 0; end = bytes.IndexOf((byte)'\n'))
        {
            Take(bytes[..end], facts);
            _offset += end + 1;
            bytes = bytes[(end + 1)..];
        }

        HoldsCutLine = !bytes.IsEmpty;
        return facts;
    }

    private void Take(ReadOnlySpan<byte> line, List<T> facts)
    {
        if (line.TrimEnd((byte)'\r').IsEmpty)
        {
            return;
        }

        try
        {
            if (line.Length <= MaxLineLength && JsonSerializer.Deserialize(line, type) is { } fact)
            {
                facts.Add(fact);
                return;
            }
        }
        catch (JsonException)
        {
            // Counted below: what a killed process left behind must not keep the rest from being read.
        }

        Broken++;
    }
}
