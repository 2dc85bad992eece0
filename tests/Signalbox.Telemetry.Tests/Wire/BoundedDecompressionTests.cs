using System.IO.Compression;
using Signalbox.Telemetry.Wire;
using Xunit;

namespace Signalbox.Telemetry.Tests.Wire;

public sealed class BoundedDecompressionTests
{
    private static readonly byte[] Plain = [.. Enumerable.Range(0, 100_000).Select(static index => (byte)(index % 251 * (index / 1000)))];

    [Fact]
    public void UndoesGzipAndDeflate()
    {
        using var gunzipped = BoundedDecompression.Gunzip(Compress(static stream => new GZipStream(stream, CompressionLevel.Fastest)), Plain.Length);
        using var inflated = BoundedDecompression.Inflate(Compress(static stream => new ZLibStream(stream, CompressionLevel.Fastest)), Plain.Length);

        Assert.Equal(Plain, gunzipped.Span.ToArray());
        Assert.Equal(Plain, inflated.Memory.ToArray());
    }

    [Fact]
    public void StopsAtTheLimitAndNamesIt()
    {
        var compressed = Compress(static stream => new GZipStream(stream, CompressionLevel.Fastest));

        var exception = Assert.Throws<WireLimitException>(() => BoundedDecompression.Gunzip(compressed, Plain.Length - 1));

        Assert.Equal("The request exceeds the limit max_body_bytes = 99999.", exception.Message);
    }

    [Fact]
    public void RefusesWhatIsNotCompressed()
    {
        Assert.Throws<WireFormatException>(() => BoundedDecompression.Gunzip("plain text"u8.ToArray(), 100));
        Assert.Throws<WireFormatException>(() => BoundedDecompression.Inflate("plain text"u8.ToArray(), 100));
        Assert.Throws<WireFormatException>(() => BoundedDecompression.Gunzip(ReadOnlyMemory<byte>.Empty, 100));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(5000)]
    public void RefusesWhatIsCutShort(int missing)
    {
        var gzip = Compress(static stream => new GZipStream(stream, CompressionLevel.NoCompression));
        var zlib = Compress(static stream => new ZLibStream(stream, CompressionLevel.NoCompression));

        Assert.Throws<WireFormatException>(() => BoundedDecompression.Gunzip(gzip.AsMemory(..^missing), Plain.Length));
        Assert.Throws<WireFormatException>(() => BoundedDecompression.Inflate(zlib.AsMemory(..^missing), Plain.Length));
    }

    [Fact]
    public async Task ReadsAStreamUpToTheLimit()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var whole = await BoundedDecompression.ReadAsync(new MemoryStream(Plain), Plain.Length, cancellationToken);

        Assert.Equal(Plain, whole.Span.ToArray());
        await Assert.ThrowsAsync<WireLimitException>(async () => await BoundedDecompression.ReadAsync(new MemoryStream(Plain), 10, cancellationToken));
    }

    [Fact]
    public void RefusesASnappyBlockByItsDeclaredLengthBeforeAnythingIsAllocated()
    {
        // Declares 4 GiB − 1 in five bytes and holds nothing.
        byte[] bomb = [0xff, 0xff, 0xff, 0xff, 0x0f];

        Assert.Throws<WireLimitException>(() => BoundedDecompression.UnsnapBlock(bomb, int.MaxValue));
    }

    private static byte[] Compress(Func<Stream, Stream> open)
    {
        using var output = new MemoryStream();
        using (var stream = open(output))
        {
            stream.Write(Plain);
        }

        return output.ToArray();
    }
}
