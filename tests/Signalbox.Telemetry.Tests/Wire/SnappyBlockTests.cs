using FsCheck;
using FsCheck.Fluent;
using Signalbox.Telemetry.Wire;
using Xunit;

namespace Signalbox.Telemetry.Tests.Wire;

public sealed class SnappyBlockTests
{
    [Fact]
    public void UndoesWhatTheLibraryCompressed() => Prop.ForAll<byte[], byte>(static (pattern, repeats) =>
    {
        byte[] plain = [.. Enumerable.Repeat(pattern, repeats).SelectMany(static bytes => bytes)];
        using var read = BoundedDecompression.UnsnapBlock(IronSnappy.Snappy.Encode(plain), plain.Length);
        Assert.Equal(plain, read.Span.ToArray());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void UndoesEveryKindOfElement()
    {
        // A literal of 4, copies with one, two and four bytes of offset, and an overlapping copy.
        byte[] block = [24, 0x0c, (byte)'a', (byte)'b', (byte)'c', (byte)'d', 0x01, 0x04, 0x0e, 0x08, 0x00, 0x0f, 0x04, 0, 0, 0, 0x11, 0x01];

        using var read = BoundedDecompression.UnsnapBlock(block, 100);

        Assert.Equal("abcdabcdabcdabcddddddddd", System.Text.Encoding.ASCII.GetString(read.Span));
    }

    [Theory]
    [InlineData(new byte[] { }, "no valid length preamble")]
    [InlineData(new byte[] { 0x80 }, "no valid length preamble")]
    [InlineData(new byte[] { 0xff, 0xff, 0xff, 0xff, 0xff, 1 }, "no valid length preamble")]
    [InlineData(new byte[] { 0xff, 0xff, 0xff, 0xff, 0x7f }, "length beyond 32 bits")]
    [InlineData(new byte[] { 4, 0x0c, 1, 2 }, "literal that does not fit")]
    [InlineData(new byte[] { 1, 0x04, 1, 2 }, "literal that does not fit")]
    [InlineData(new byte[] { 4, 0xf4, 1 }, "ends within a literal's length")]
    [InlineData(new byte[] { 4, 0x01, 0x00 }, "copy that does not fit")]
    [InlineData(new byte[] { 8, 0x00, 1, 0x01, 0x02 }, "copy that does not fit")]
    [InlineData(new byte[] { 8, 0x00, 1, 0x02, 0x01 }, "ends within a copy")]
    [InlineData(new byte[] { 8, 0x00, 1 }, "shorter than its preamble")]
    public void RefusesAndSaysWhy(byte[] block, string reason)
    {
        var exception = Assert.Throws<WireFormatException>(() => BoundedDecompression.UnsnapBlock(block, 1000));

        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }
}
