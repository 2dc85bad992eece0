using Signalbox.Telemetry.Wire;

namespace Signalbox.Telemetry.Metrics.RemoteWrite;

/// <summary>Decodes remote-write requests into batches.</summary>
public static class RemoteWriteReader
{
    /// <summary>Decompresses and decodes the body of a request.</summary>
    /// <param name="compressed">A snappy block, as the protocol prescribes.</param>
    /// <param name="maxBytes">Most bytes the message may have after decompression.</param>
    /// <exception cref="WireLimitException">The message is longer than <paramref name="maxBytes"/>; nothing was decompressed.</exception>
    /// <exception cref="WireFormatException">The block or the message is malformed; what the batch then holds must not be kept.</exception>
    public static RemoteWriteSummary ReadCompressed(ReadOnlySpan<byte> compressed, int maxBytes, RemoteWriteProtocol protocol, MetricBatch batch)
    {
        using var message = BoundedDecompression.UnsnapBlock(compressed, maxBytes);
        return Read(message.Span, protocol, batch);
    }

    /// <summary>Decodes a message that is not compressed any more.</summary>
    /// <exception cref="WireFormatException">The message is malformed; what the batch then holds must not be kept.</exception>
    public static RemoteWriteSummary Read(ReadOnlySpan<byte> message, RemoteWriteProtocol protocol, MetricBatch batch) =>
        protocol == RemoteWriteProtocol.V2 ? new RemoteWriteV2Decoder(batch).Read(message) : new RemoteWriteV1Decoder(batch).Read(message);
}
