using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Signalbox.Server.Jobs.Running.Output;
using Xunit;

namespace Signalbox.Server.Tests.Jobs.Running.Output;

public sealed class OutputWindowTests
{
    private const long Limit = 4096;
    private static readonly string[] Characters = ["a", "\n", "é", "語", "😀", "x", " "];

    [Fact]
    public void KeepsAllOfAShortText()
    {
        var table = new WindowTable(Limit);
        table.Window.Append(OutputStream.Out, "hello ", 1);
        table.Flush();
        table.Window.Append(OutputStream.Err, "world", 2);
        table.Flush();

        Assert.Equal([(OutputStream.Out, 1, "hello "), (OutputStream.Err, 2, "world")], table.Rows.Select(static row => (row.Stream, row.AtMs, row.Text)));
        Assert.Equal((0, 0), (table.Window.CutBytes, table.Window.PendingBytes));
    }

    /// <summary>However it comes in pieces, and whenever it is written: the first quarter, a mark, and all but a row of the last three quarters.</summary>
    [Fact]
    public void KeepsTheFirstQuarterAndTheLastThree()
    {
        var text = Gen.ArrayOf(Gen.Elements(Characters)).Resize(12_000).Select(static parts => string.Concat(parts));
        var pieces = Gen.ArrayOf(Gen.Choose(1, 700)).Resize(60);
        Prop.ForAll(Arb.From(text), Arb.From(pieces), Arb.From(Gen.Choose(1, 9)), static (text, pieces, flushEvery) =>
        {
            var table = Fill(text, pieces, flushEvery);
            var kept = string.Concat(table.Rows.Select(static row => row.Text));
            var bytes = Encoding.UTF8.GetByteCount(text);
            if (bytes <= Limit / 2)
            {
                return kept == text && table.Window.CutBytes == 0;
            }

            var (head, tail) = Parts(table);
            var headBytes = Encoding.UTF8.GetByteCount(head);
            var tailBytes = Encoding.UTF8.GetByteCount(tail);
            return text.StartsWith(head, StringComparison.Ordinal)
                && text.EndsWith(tail, StringComparison.Ordinal)
                && headBytes is > (int)(Limit / 4) - 4 and <= (int)(Limit / 4)
                && (table.Window.CutBytes == 0 ? kept == text : tailBytes > (Limit * 3 / 4) - (Limit / 16) && tailBytes <= Limit * 3 / 4)
                && headBytes + tailBytes + table.Window.CutBytes == bytes
                && table.Window.PendingBytes == 0;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void SaysHowMuchIsLeftOut()
    {
        var table = Fill(new string('x', 10_000), [500], 1);

        Assert.Contains(table.Rows, row => row.Text == $"\n[{table.Window.CutBytes} bytes left out here]\n");
    }

    [Fact]
    public void WritesWhatIsUnsureAgainWithoutDoublingIt()
    {
        var table = new WindowTable(Limit);
        for (var step = 0; step < 40; step++)
        {
            table.Window.Append(OutputStream.Out, new string((char)('a' + (step % 26)), 300), step);
            table.Flush(fails: step % 3 == 1, reachesTheTableAllTheSame: step % 2 == 0);
        }

        table.Flush();
        var (head, tail) = Parts(table);

        Assert.Equal(12_000, head.Length + tail.Length + table.Window.CutBytes);
        Assert.EndsWith(new string((char)('a' + (39 % 26)), 300), tail, StringComparison.Ordinal);
    }

    [Fact]
    public void ShedsTheOldestOfWhatWaits()
    {
        var window = new OutputWindow("id", 1, 1 << 20);
        window.Append(OutputStream.Out, new string('x', 900_000), 1);

        var shed = window.Shed(100_000 + (1 << 18));

        Assert.Equal(shed, window.CutBytes);
        Assert.InRange(window.PendingBytes, 1, 100_000 + (1 << 18));
        Assert.Equal(900_000, shed + window.PendingBytes);
    }

    private static WindowTable Fill(string text, int[] pieces, int flushEvery)
    {
        var table = new WindowTable(Limit);
        var start = 0;
        for (var piece = 0; start < text.Length; piece++)
        {
            var length = Math.Min(pieces.Length == 0 ? 100 : pieces[piece % pieces.Length], text.Length - start);

            // A decoder gives whole characters only.
            length += start + length < text.Length && char.IsLowSurrogate(text[start + length]) ? 1 : 0;
            table.Window.Append(OutputStream.Out, text.AsSpan(start, length), piece);
            start += length;
            if (piece % flushEvery == 0)
            {
                table.Flush();
            }
        }

        table.Flush();
        return table;
    }

    /// <summary>What stands before the mark's place and behind it.</summary>
    private static (string Head, string Tail) Parts(WindowTable table)
    {
        var rows = table.Rows;
        var headEnd = 0;
        var bytes = 0;
        while (headEnd < rows.Count && bytes + Encoding.UTF8.GetByteCount(rows[headEnd].Text) <= Limit / 4)
        {
            bytes += Encoding.UTF8.GetByteCount(rows[headEnd++].Text);
        }

        var marked = headEnd < rows.Count && rows[headEnd].Text.Contains("bytes left out here", StringComparison.Ordinal);
        return (string.Concat(rows.Take(headEnd).Select(static row => row.Text)), string.Concat(rows.Skip(headEnd + (marked ? 1 : 0)).Select(static row => row.Text)));
    }

    /// <summary>A window with the table that it is written to.</summary>
    private sealed class WindowTable(long limit)
    {
        private readonly KeptOutput _kept = new();

        public OutputWindow Window { get; } = new("id", 1, limit);

        public IReadOnlyList<OutputRow> Rows => _kept.Rows("id");

        public void Flush(bool fails = false, bool reachesTheTableAllTheSame = true)
        {
            if (Window.Take() is not { } change)
            {
                return;
            }

            if (!fails || reachesTheTableAllTheSame)
            {
                _ = _kept.WriteAsync([change], CancellationToken.None);
            }

            if (fails)
            {
                Window.NotWritten();
            }
            else
            {
                Window.Written(change);
            }
        }
    }
}
