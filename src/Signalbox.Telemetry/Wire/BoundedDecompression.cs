using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Signalbox.Telemetry.Wire;

/// <summary>Reads and decompresses request bodies and stops at a bound, so that a small request cannot fill the memory.</summary>
/// <remarks>Every result is pooled: dispose it.</remarks>
public static class BoundedDecompression
{
    /// <summary>The bound that every method here enforces, as refusals name it.</summary>
    public const string LimitName = "max_body_bytes";

    /// <summary>Reads a stream to its end.</summary>
    /// <exception cref="WireLimitException">The stream is longer than <paramref name="maxBytes"/>.</exception>
    public static async ValueTask<PooledBytes> ReadAsync(Stream body, int maxBytes, CancellationToken cancellationToken)
    {
        var result = new PooledBytes(Math.Min(maxBytes, 16 * 1024));
        try
        {
            while (true)
            {
                if (result.Free.IsEmpty)
                {
                    result.Grow();
                }

                var read = await body.ReadAsync(result.Free, cancellationToken).ConfigureAwait(false);
                if (read == 0)
                {
                    return result;
                }

                result.Advance(read);
                ThrowIfOver(result.Length, maxBytes);
            }
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    /// <summary>Decompresses one gzip member (RFC 1952); several in a row, which no sender of telemetry writes, are refused.</summary>
    /// <exception cref="WireLimitException">The result is longer than <paramref name="maxBytes"/>.</exception>
    /// <exception cref="WireFormatException">The bytes are not gzip, or are cut short.</exception>
    public static PooledBytes Gunzip(ReadOnlyMemory<byte> compressed, int maxBytes)
    {
        using var source = AsStream(compressed);
        using var gzip = new GZipStream(source, CompressionMode.Decompress);
        return Drain(gzip, "gzip", compressed, maxBytes, HasGzipLength);
    }

    /// <summary>Decompresses the HTTP coding <c>deflate</c>, which is the zlib format (RFC 1950).</summary>
    /// <exception cref="WireLimitException">The result is longer than <paramref name="maxBytes"/>.</exception>
    /// <exception cref="WireFormatException">The bytes are not zlib, or are cut short.</exception>
    public static PooledBytes Inflate(ReadOnlyMemory<byte> compressed, int maxBytes)
    {
        using var source = AsStream(compressed);
        using var zlib = new ZLibStream(source, CompressionMode.Decompress);
        return Drain(zlib, "deflate", compressed, maxBytes, HasAdler32);
    }

    /// <summary>Decompresses a snappy block, the coding of remote write and of Loki's push.</summary>
    /// <exception cref="WireLimitException">The block declares more than <paramref name="maxBytes"/>.</exception>
    /// <exception cref="WireFormatException">The bytes are not a snappy block.</exception>
    public static PooledBytes UnsnapBlock(ReadOnlySpan<byte> compressed, int maxBytes)
    {
        var length = SnappyBlock.ReadLength(compressed, out var preamble);
        ThrowIfOver(length, maxBytes);
        var result = new PooledBytes((int)length);
        try
        {
            SnappyBlock.Decode(compressed[preamble..], result.Free.Span[..(int)length]);
            result.Advance((int)length);
            return result;
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    private static MemoryStream AsStream(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var segment)
            ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false)
            : new MemoryStream(bytes.ToArray(), writable: false);

    /// <summary>Whether the trailer holds the length; the stream class itself takes a body that is cut short for a whole one.</summary>
    private static bool HasGzipLength(ReadOnlySpan<byte> compressed, ReadOnlySpan<byte> plain) =>
        compressed.Length >= 18 && BinaryPrimitives.ReadUInt32LittleEndian(compressed[^4..]) == (uint)plain.Length;

    /// <summary>Whether the trailer holds the Adler-32 checksum, for the same reason.</summary>
    private static bool HasAdler32(ReadOnlySpan<byte> compressed, ReadOnlySpan<byte> plain)
    {
        const uint modulus = 65521;
        uint low = 1;
        uint high = 0;
        foreach (var current in plain)
        {
            low = (low + current) % modulus;
            high = (high + low) % modulus;
        }

        return compressed.Length >= 6 && BinaryPrimitives.ReadUInt32BigEndian(compressed[^4..]) == ((high << 16) | low);
    }

    private static PooledBytes Drain(
        Stream stream, string coding, ReadOnlyMemory<byte> compressed, int maxBytes, Func<ReadOnlySpan<byte>, ReadOnlySpan<byte>, bool> isWhole)
    {
        if (compressed.IsEmpty)
        {
            throw new WireFormatException($"The {coding} body is empty.");
        }

        var result = new PooledBytes((int)Math.Min(maxBytes, Math.Max(4096L, compressed.Length * 4L)));
        try
        {
            while (true)
            {
                if (result.Free.IsEmpty)
                {
                    result.Grow();
                }

                var read = stream.Read(result.Free.Span);
                if (read == 0)
                {
                    return isWhole(compressed.Span, result.Span)
                        ? result
                        : throw new WireFormatException($"The body is not valid {coding}: it is cut short, or something follows it.");
                }

                result.Advance(read);
                ThrowIfOver(result.Length, maxBytes);
            }
        }
        catch (InvalidDataException exception)
        {
            result.Dispose();
            throw new WireFormatException($"The body is not valid {coding}: {exception.Message}", exception);
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    private static void ThrowIfOver(long length, int maxBytes)
    {
        if (length > maxBytes)
        {
            throw new WireLimitException(LimitName, maxBytes);
        }
    }
}
