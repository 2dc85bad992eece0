using System.Buffers;
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

    private const int PieceLength = 16 * 1024;

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

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        file.Position = _offset;
        var (facts, line, length, piece) = (new List<T>(), new ArrayBufferWriter<byte>(), 0L, new byte[PieceLength]);
        while (file.Read(piece) is > 0 and var read)
        {
            var bytes = piece.AsSpan(0, read);
            for (var end = bytes.IndexOf((byte)'\n'); end >= 0; end = bytes.IndexOf((byte)'\n'))
            {
                length += end;
                Keep(line, bytes[..end]);
                Take(line.WrittenSpan, length, facts);
                _offset += length + 1;
                bytes = bytes[(end + 1)..];
                line.ResetWrittenCount();
                length = 0;
            }

            length += bytes.Length;
            Keep(line, bytes);
        }

        HoldsCutLine = length > 0;
        return facts;
    }

    /// <summary>Whoever else may write to the file must not be able to fill the memory.</summary>
    private static void Keep(ArrayBufferWriter<byte> line, ReadOnlySpan<byte> bytes)
    {
        if (line.WrittenCount <= MaxLineLength)
        {
            line.Write(bytes);
        }
    }

    private void Take(ReadOnlySpan<byte> line, long length, List<T> facts)
    {
        if (line.TrimEnd((byte)'\r').IsEmpty)
        {
            return;
        }

        try
        {
            if (length <= MaxLineLength && JsonSerializer.Deserialize(line, type) is { } fact)
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
