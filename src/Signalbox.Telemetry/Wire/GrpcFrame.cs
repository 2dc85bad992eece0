using System.Buffers.Binary;
using System.IO.Compression;

namespace Signalbox.Telemetry.Wire;

/// <summary>Reads and writes the length-prefixed message of a unary gRPC call.</summary>
/// <remarks>Source: https://github.com/grpc/grpc/blob/v1.66.0/doc/PROTOCOL-HTTP2.md</remarks>
public static class GrpcFrame
{
    /// <summary>One byte for the compression flag and four for the length, big-endian.</summary>
    public const int PrefixLength = 5;

    /// <summary>Takes the one message out of a unary call's body and decompresses it when its flag says so.</summary>
    /// <param name="encoding">The value of <c>grpc-encoding</c>, or null; <c>identity</c> and <c>gzip</c> are known.</param>
    /// <exception cref="WireLimitException">The message is longer than <paramref name="maxBytes"/>.</exception>
    /// <exception cref="WireFormatException">The body is not exactly one message, or is compressed in another way.</exception>
    public static PooledBytes ReadUnary(ReadOnlyMemory<byte> body, string? encoding, int maxBytes)
    {
        if (body.Length < PrefixLength)
        {
            throw new WireFormatException("The gRPC body is shorter than a message prefix.");
        }

        var flag = body.Span[0];
        var length = BinaryPrimitives.ReadUInt32BigEndian(body.Span[1..]);
        if (length > (uint)maxBytes)
        {
            throw new WireLimitException(BoundedDecompression.LimitName, maxBytes);
        }

        if (length != body.Length - PrefixLength)
        {
            throw new WireFormatException($"The gRPC message declares {length} bytes, and {body.Length - PrefixLength} follow.");
        }

        var message = body[PrefixLength..];
        return (flag, encoding) switch
        {
            (0, _) => Copy(message.Span),
            (1, "gzip") => BoundedDecompression.Gunzip(message, maxBytes),
            (1, _) => throw new WireFormatException($"The gRPC message is compressed as '{encoding ?? "(not named)"}'; only gzip is known."),
            _ => throw new WireFormatException($"The gRPC message has the unknown flag {flag}."),
        };
    }

    /// <summary>Puts the prefix before a message.</summary>
    /// <param name="gzip">Compresses the message; the response must then say <c>grpc-encoding: gzip</c>.</param>
    public static byte[] Write(ReadOnlySpan<byte> message, bool gzip = false)
    {
        using var output = new MemoryStream(message.Length + PrefixLength);
        output.Write([gzip ? (byte)1 : (byte)0, 0, 0, 0, 0]);
        if (gzip)
        {
            using var stream = new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true);
            stream.Write(message);
        }
        else
        {
            output.Write(message);
        }

        var frame = output.ToArray();
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), (uint)(frame.Length - PrefixLength));
        return frame;
    }

    private static PooledBytes Copy(ReadOnlySpan<byte> message)
    {
        var result = new PooledBytes(message.Length);
        message.CopyTo(result.Free.Span);
        result.Advance(message.Length);
        return result;
    }
}
