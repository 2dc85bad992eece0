using Signalbox.Telemetry.Wire;
using Xunit;

namespace Signalbox.Telemetry.Tests.Wire;

public sealed class GrpcFrameTests
{
    [Theory]
    [InlineData(false, null)]
    [InlineData(false, "gzip")]
    [InlineData(true, "gzip")]
    public void ReadsBackWhatItWrote(bool gzip, string? encoding)
    {
        var message = new byte[5000];
        new Random(1).NextBytes(message.AsSpan(0, 100));

        using var read = GrpcFrame.ReadUnary(GrpcFrame.Write(message, gzip), encoding, 5000);

        Assert.Equal(message, read.Span.ToArray());
    }

    [Fact]
    public void WritesTheLengthInNetworkOrder() => Assert.Equal([0, 0, 0, 1, 2, .. new byte[258]], GrpcFrame.Write(new byte[258]));

    [Theory]
    [InlineData(new byte[] { 0, 0, 0 }, null, "shorter than a message prefix")]
    [InlineData(new byte[] { 0, 0, 0, 0, 2, 1 }, null, "declares 2 bytes, and 1 follow")]
    [InlineData(new byte[] { 1, 0, 0, 0, 1, 1 }, "zstd", "compressed as 'zstd'")]
    [InlineData(new byte[] { 1, 0, 0, 0, 1, 1 }, null, "compressed as '(not named)'")]
    [InlineData(new byte[] { 7, 0, 0, 0, 1, 1 }, null, "unknown flag 7")]
    [InlineData(new byte[] { 1, 0, 0, 0, 1, 1 }, "gzip", "not valid gzip")]
    public void RefusesAndSaysWhy(byte[] body, string? encoding, string reason)
    {
        var exception = Assert.Throws<WireFormatException>(() => GrpcFrame.ReadUnary(body, encoding, 100));

        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NamesTheLimitOfAMessageThatIsTooLong()
    {
        var plain = Assert.Throws<WireLimitException>(() => GrpcFrame.ReadUnary(GrpcFrame.Write(new byte[101]), null, 100));
        var compressed = Assert.Throws<WireLimitException>(() => GrpcFrame.ReadUnary(GrpcFrame.Write(new byte[100_000], gzip: true), "gzip", 1000));

        Assert.Equal(("max_body_bytes", 100L), (plain.LimitName, plain.Limit));
        Assert.Equal(1000, compressed.Limit);
    }
}
