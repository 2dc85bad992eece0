using Signalbox.Server.Audit.Search;
using Xunit;

namespace Signalbox.Audit.Tests.Search;

public sealed class PostingsTests
{
    private static readonly EraShape Shape = new(RecordBits: 10, PartBits: 2);

    [Theory]
    [InlineData(0.0005)]
    [InlineData(0.02)]
    [InlineData(0.3)]
    [InlineData(0.5)]
    [InlineData(0.97)]
    [InlineData(1.0)]
    public void GiveBackWhatWasWritten(double density)
    {
        var random = new Random(3);
        for (var round = 0; round < 50; round++)
        {
            var offsets = Enumerable.Range(0, Shape.Records).Where(_ => random.NextDouble() < density).DefaultIfEmpty(random.Next(Shape.Records)).ToArray();
            var written = new List<byte>();
            Postings.Write(written, offsets, Shape.Records);
            var found = new EraBits(Shape.Records);

            Assert.True(Postings.TryRead([.. written, 1, 2, 3], found));
            Assert.Equal(offsets, Offsets(found));
            Assert.True(written.Count <= 1 + Math.Max(Shape.Records / 8, 12));
        }
    }

    [Fact]
    public void AreNeverReadBeyondTheirEra()
    {
        var random = new Random(5);
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = new byte[random.Next(40)];
            random.NextBytes(bytes);
            if (bytes.Length > 0)
            {
                bytes[0] = (byte)random.Next(4);
            }

            var found = new EraBits(Shape.Records);
            _ = Postings.TryRead(bytes, found);

            Assert.All(Offsets(found), static offset => Assert.InRange(offset, 0, Shape.Records - 1));
        }
    }

    [Fact]
    public void OfEveryTermAreFoundInTheRowsOfAnEra()
    {
        var random = new Random(9);
        var (era, records) = RandomEra(random, vocabulary: 400);
        var rows = EraWriter.Rows(era, log: 3, Shape).ToArray();

        Assert.Equal(Shape.Parts, rows.Length);
        foreach (var term in records.SelectMany(static terms => terms).Distinct())
        {
            var part = Shape.PartOf(term);
            var found = new EraBits(Shape.Records);
            Assert.True(PartRow.IsIntact(rows[part], EraShape.Position(3, part, era.Era)));
            Assert.True(PartRow.TryFind(rows[part], Shape.KeyOf(term), found));
            Assert.Equal(Enumerable.Range(0, records.Length).Where(record => records[record].Contains(term)), Offsets(found));

            var inMemory = new EraBits(Shape.Records);
            era.Find(term, inMemory);
            Assert.Equal(Offsets(found), Offsets(inMemory));
        }

        var none = new EraBits(Shape.Records);
        Assert.True(PartRow.TryFind(rows[0], key: 1, none));
        Assert.True(none.IsEmpty);
    }

    [Fact]
    public void KeepRowsOfManyPostingsReadable()
    {
        // So many different words of middling density that places no longer fit into 15 bits.
        var random = new Random(13);
        var (era, records) = RandomEra(random, vocabulary: 4000, each: 60);
        var one = new EraShape(Shape.RecordBits, PartBits: 0);
        var row = EraWriter.Rows(era, log: 1, one).Single();
        var term = records[17][5];
        var found = new EraBits(Shape.Records);

        Assert.True(row.Length > 0x8000);
        Assert.True(PartRow.TryFind(row, one.KeyOf(term), found));
        Assert.Equal(Enumerable.Range(0, records.Length).Where(record => records[record].Contains(term)), Offsets(found));
    }

    [Fact]
    public void DoNotPassWithAFlippedBitOrInAnotherPlace()
    {
        var random = new Random(15);
        var (era, _) = RandomEra(random, vocabulary: 50);
        var position = EraShape.Position(1, 0, era.Era);
        var row = EraWriter.Rows(era, log: 1, Shape).First();

        Assert.True(PartRow.IsIntact(row, position));
        Assert.False(PartRow.IsIntact(row, position + 1));
        for (var round = 0; round < 500; round++)
        {
            var changed = row.ToArray();
            changed[random.Next(row.Length)] ^= (byte)(1 << random.Next(8));
            Assert.False(PartRow.IsIntact(changed, position));
            Assert.False(PartRow.IsIntact(row.AsSpan(0, random.Next(row.Length)), position));
        }
    }

    [Fact]
    public void OfRandomRowsAreRefusedWithoutFailing()
    {
        var random = new Random(17);
        for (var round = 0; round < 20_000; round++)
        {
            var row = new byte[random.Next(120)];
            random.NextBytes(row);
            if (row.Length > 8)
            {
                (row[0], row[1]) = (PartRow.Version, (byte)random.Next(2));
                BitConverter.TryWriteBytes(row.AsSpan(4), random.Next(-2, 20));
            }

            var found = new EraBits(Shape.Records);
            Assert.False(PartRow.IsIntact(row, 1));
            _ = PartRow.TryFind(row, row.Length > 20 ? BitConverter.ToUInt32(row, 16) : 1, found);
        }
    }

    [Fact]
    public void OfTimesComeBackAndAreRefusedWhenDamaged()
    {
        var random = new Random(19);
        var times = Enumerable.Range(0, 1024).Select(index => 1_700_000_000_000 + (index * 7) + random.Next(100)).ToArray();
        var written = TileTimes.Of(times);
        var read = TileTimes.Read(written.Write(), written.First)!;
        var bits = new EraBits(1024);
        bits.AddRange(0, 1024);
        read.Restrict(bits, times[300], times[300] + 1);

        Assert.Equal((times.Min(), times.Max()), (read.First, read.Last));
        Assert.Equal([.. Enumerable.Range(256, 256)], Offsets(bits));
        for (var round = 0; round < 300; round++)
        {
            var bytes = written.Write();
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            Assert.Null(TileTimes.Read(bytes, written.First));
            Assert.Null(TileTimes.Read(bytes.AsSpan(0, random.Next(bytes.Length)), written.First));
        }
    }

    private static (EraView Era, ulong[][] Records) RandomEra(Random random, int vocabulary, int each = 20)
    {
        var words = Enumerable.Range(0, vocabulary).Select(_ => (ulong)random.NextInt64(long.MinValue, long.MaxValue)).ToArray();
        var records = Enumerable.Range(0, Shape.Records)
            .Select(record => Enumerable.Range(0, each).Select(_ => words[(int)(Math.Pow(random.NextDouble(), 3) * vocabulary)]).Append((ulong)record << 50 | 12345).Append(words[0]).Distinct().ToArray())
            .ToArray();
        var era = EraView.Empty(5);
        for (var start = 0; start < records.Length;)
        {
            var batch = records.Skip(start).Take(random.Next(1, 60)).ToArray();
            era = era.With(SegmentOf(batch));
            start += batch.Length;
        }

        return (era, records);
    }

    private static TermSegment SegmentOf(ulong[][] records)
    {
        var ends = new int[records.Length];
        var end = 0;
        for (var record = 0; record < records.Length; record++)
        {
            end += records[record].Length;
            ends[record] = end;
        }

        return new TermSegment([.. records.SelectMany(static terms => terms)], ends, new long[records.Length]);
    }

    private static List<int> Offsets(EraBits bits)
    {
        var up = new List<int>();
        for (var offset = bits.NextUp(0); offset >= 0; offset = bits.NextUp(offset + 1))
        {
            up.Add(offset);
        }

        var down = new List<int>();
        for (var offset = bits.NextDown(bits.Length - 1); offset >= 0; offset = bits.NextDown(offset - 1))
        {
            down.Add(offset);
        }

        down.Reverse();
        Assert.Equal(up, down);
        return up;
    }
}
