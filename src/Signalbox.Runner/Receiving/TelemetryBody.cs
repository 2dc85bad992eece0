using System.IO.Compression;

namespace Signalbox.Runner.Receiving;

/// <summary>Reads the body of a request, at most as much of it as the bound allows.</summary>
internal static class TelemetryBody
{
    /// <returns>Null when there is more than the bound.</returns>
    public static async Task<byte[]?> ReadAsync(Stream body, int maxBytes, CancellationToken cancellationToken)
    {
        using var read = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await body.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            if (read.Length + count > maxBytes)
            {
                return null;
            }

            read.Write(buffer, 0, count);
        }

        return read.ToArray();
    }

    /// <returns>Null when it unpacks to more than the bound.</returns>
    /// <exception cref="InvalidDataException">It is not what the encoding says.</exception>
    public static async Task<byte[]?> UnpackAsync(byte[] body, string? encoding, int maxBytes, CancellationToken cancellationToken)
    {
        if (encoding is null)
        {
            return body;
        }

        using var packed = new MemoryStream(body, writable: false);
        await using var plain = new GZipStream(packed, CompressionMode.Decompress);
        return await ReadAsync(plain, maxBytes, cancellationToken);
    }
}
