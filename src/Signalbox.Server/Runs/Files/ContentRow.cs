using System.IO.Compression;

namespace Signalbox.Server.Runs.Files;

/// <summary>One row of <c>run_contents</c>: a piece of a text, compressed where that makes it smaller.</summary>
internal sealed record ContentRow
{
    /// <summary>Before compression: small enough that copying many rows at once stays below what MySQL takes in one packet.</summary>
    public const int MostBytes = 128 * 1024;

    private const int Quality = 4;
    private const int Window = 18;

    public required long StartByte { get; init; }

    /// <summary>Before compression.</summary>
    public required int Length { get; init; }

    /// <summary>Line feeds in it.</summary>
    public required int LineCount { get; init; }

    public required bool Packed { get; init; }

    public required byte[] Data { get; init; }

    /// <summary>Cuts a text, or a part of one, into rows.</summary>
    /// <param name="start">Where the part begins in the text.</param>
    public static IReadOnlyList<ContentRow> Cut(ReadOnlySpan<byte> part, long start)
    {
        var rows = new List<ContentRow>();
        for (var offset = 0; offset < part.Length; offset += MostBytes)
        {
            rows.Add(Of(part.Slice(offset, Math.Min(MostBytes, part.Length - offset)), start + offset));
        }

        return rows;
    }

    /// <exception cref="InvalidDataException">The row was damaged.</exception>
    public byte[] Unpack()
    {
        if (!Packed)
        {
            return Data;
        }

        var bytes = new byte[Length];
        return BrotliDecoder.TryDecompress(Data, bytes, out var written) && written == Length ? bytes : throw new InvalidDataException("A row of run_contents cannot be unpacked: it was altered.");
    }

    private static ContentRow Of(ReadOnlySpan<byte> bytes, long start)
    {
        var packed = new byte[bytes.Length];
        var isSmaller = BrotliEncoder.TryCompress(bytes, packed, out var written, Quality, Window) && written < bytes.Length;
        return new ContentRow { StartByte = start, Length = bytes.Length, LineCount = bytes.Count((byte)'\n'), Packed = isSmaller, Data = isSmaller ? packed[..written] : bytes.ToArray() };
    }
}
