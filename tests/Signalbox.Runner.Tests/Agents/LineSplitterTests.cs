using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Signalbox.Runner.Agents;
using Xunit;

namespace Signalbox.Runner.Tests.Agents;

public sealed class LineSplitterTests
{
    private const int Bound = 100;

    [Theory]
    [InlineData("a\nbc\n", "a|bc")]
    [InlineData("a\nbc", "a|bc")]
    [InlineData("a\r\nbc\r\n", "a|bc")]
    [InlineData("\n\na\n", "||a")]
    [InlineData("a\rb\n", "a\rb")]
    [InlineData("\uFEFFa\n\uFEFFb\n", "a|\uFEFFb")]
    [InlineData("a\0b\nc", "a\0b|c")]
    [InlineData("", "")]
    [InlineData("\r\n", "")]
    public void CutsAtLineFeeds(string stream, string lines) => Assert.Equal(lines, string.Join('|', Split(Encoding.UTF8.GetBytes(stream), 1000).Select(static line => line.Text)));

    [Fact]
    public void TellsWhereEveryLineBegins()
    {
        var lines = Split("ab\r\n\ncde"u8.ToArray(), 2);

        Assert.Equal([(0L, 0L, 3L), (1L, 4L, 0L), (2L, 5L, 3L)], lines.Select(static line => (line.Number, line.Offset, line.Length)));
    }

    [Fact]
    public void SkipsALineThatIsTooLongToItsEndAndReadsOn()
    {
        var stream = Encoding.UTF8.GetBytes($"first\n{new string('x', Bound + 1)}\nlast\n");

        foreach (var chunk in (int[])[1, 7, 64, 1000])
        {
            var lines = Split(stream, chunk);
            Assert.Equal([(false, "first"), (true, ""), (false, "last")], lines.Select(static line => (line.TooLong, line.Text)));
            Assert.Equal(Bound + 1, lines[1].Length);
        }
    }

    [Fact]
    public void ReadsALineOfExactlyTheBound() => Assert.Equal(new string('x', Bound), Assert.Single(Split(Encoding.UTF8.GetBytes(new string('x', Bound) + "\n"), 9)).Text);

    [Fact]
    public void KeepsNoMoreThanTheBoundOfALineThatNeverEnds()
    {
        var splitter = new LineSplitter(1 << 20);
        var chunk = new byte[1 << 16];
        Array.Fill(chunk, (byte)'x');
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var turn = 0; turn < 1024; turn++)
        {
            splitter.Append(chunk);
            Assert.False(splitter.TryRead(out _));
        }

        // 64 MiB went through; the buffer doubled up to the bound and no further.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 << 20);
        Assert.True(splitter.TryFinish(out var line));
        Assert.True(line.IsTooLong);
        Assert.Equal(64L << 20, line.Length);
    }

    [Fact]
    public void CopiesAHugeLineABoundedNumberOfTimes()
    {
        var splitter = new LineSplitter(64L << 20);
        var chunk = new byte[4096];
        Array.Fill(chunk, (byte)'x');
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var turn = 0; turn < 16 * 256; turn++)
        {
            splitter.Append(chunk);
            splitter.TryRead(out _);
        }

        splitter.Append("\n"u8.ToArray());
        Assert.True(splitter.TryRead(out var line));
        Assert.Equal(16 << 20, line.Bytes.Length);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 16 << 20, 64 << 20);
    }

    [Fact]
    public void GivesTheSameLinesForEveryCuttingIntoChunks() => Prop.ForAll<NonNull<string>[], PositiveInt>((parts, size) =>
    {
        var stream = Encoding.UTF8.GetBytes(string.Concat(parts.Select(static (part, index) => part.Get + (index % 3 == 0 ? "\r\n" : "\n"))) + "rest");
        return Split(stream, 1 + (size.Get % 17)).SequenceEqual(Split(stream, 100_000));
    }).QuickCheckThrowOnFailure();

    private static List<(long Number, long Offset, long Length, bool TooLong, string Text)> Split(byte[] stream, int chunk)
    {
        var splitter = new LineSplitter(Bound);
        var lines = new List<(long, long, long, bool, string)>();
        for (var start = 0; start < stream.Length; start += chunk)
        {
            // A copy that is overwritten afterwards shows whether anything still stands in the caller's buffer.
            var part = stream.AsSpan(start, Math.Min(chunk, stream.Length - start)).ToArray();
            splitter.Append(part);
            while (splitter.TryRead(out var line))
            {
                lines.Add((line.Number, line.Offset, line.Length, line.IsTooLong, Encoding.UTF8.GetString(line.Bytes.Span)));
            }

            Array.Fill(part, (byte)'#');
        }

        if (splitter.TryFinish(out var rest))
        {
            lines.Add((rest.Number, rest.Offset, rest.Length, rest.IsTooLong, Encoding.UTF8.GetString(rest.Bytes.Span)));
        }

        return lines;
    }
}
