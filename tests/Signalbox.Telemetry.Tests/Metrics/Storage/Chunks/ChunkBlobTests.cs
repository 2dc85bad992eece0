using FsCheck;
using FsCheck.Fluent;
using Signalbox.PromQL;
using Signalbox.PromQL.Model;
using Signalbox.Telemetry.Metrics.Storage.Chunks;
using Xunit;

namespace Signalbox.Telemetry.Tests.Metrics.Storage.Chunks;

/// <summary>What goes into a chunk comes out of it, bit by bit; what is not a chunk is refused.</summary>
public sealed class ChunkBlobTests
{
    private static readonly double[] Odd =
    [
        0, -0.0, 1, -1, double.NaN, BitConverter.Int64BitsToDouble(0x7ff8000000000abc), BitConverter.Int64BitsToDouble(-1), StaleMarker.Value,
        double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, double.MaxValue, 0.1, 1e15, 9007199254740993, 12.34, -0.0001,
    ];

    [Fact]
    public void GivesBackAnyTimesAndValues()
    {
        var values = Gen.OneOf(Gen.Elements(Odd), ArbMap.Default.GeneratorFor<double>(), ArbMap.Default.GeneratorFor<long>().Select(BitConverter.Int64BitsToDouble));
        var times = Gen.OneOf(ArbMap.Default.GeneratorFor<long>(), Gen.Choose(-20_000, 20_000).Select(static time => (long)time), Gen.Elements(long.MinValue, long.MaxValue, 0));
        var samples = from time in times from value in values select (time, value);
        Prop.ForAll(samples.NonEmptyListOf().ToArbitrary(), static list => RoundTrips([.. list])).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void GivesBackSteadyCountersAndGauges()
    {
        var steps = Gen.Choose(-500, 500);
        var jitter = Gen.Frequency((4, Gen.Constant(0)), (1, Gen.Choose(-70, 70)), (1, Gen.Choose(-9000, 600_000)));
        var places = Gen.Choose(0, 5);
        var series =
            from scale in places
            from moves in Gen.Zip(steps, jitter).NonEmptyListOf()
            select Walk(scale, moves);
        Prop.ForAll(series.ToArbitrary(), RoundTrips).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void GivesBackNativeHistograms()
    {
        using var samples = new SampleBuffer();
        for (var step = 0; step < 50; step++)
        {
            var sample = Histograms.Sample(step * step) with { Sum = step % 3 == 0 ? double.NaN : -0.0, Count = step % 5 == 0 ? 0.5 : step };
            samples.Append((step * 15_000) + (step % 4), step % 7 == 0 ? sample with { CustomValues = [0.5, double.PositiveInfinity], Schema = HistogramSample.CustomBucketsSchema } : sample);
        }

        using var read = new SampleBuffer();
        ChunkBlob.Decode(new ChunkBlob().Encode(samples, 0, samples.Count), 0, Samples.AllTime, read);

        Assert.Equal(samples.Timestamps.ToArray(), read.Timestamps.ToArray());
        Assert.All(Enumerable.Range(0, 50), index => Assert.True(Histograms.Same(samples.HistogramAt(index)!, read.HistogramAt(index))));
    }

    [Fact]
    public void ReadsOnlyTheWindow()
    {
        var samples = Walk(2, [.. Enumerable.Range(0, 200).Select(static step => (step, 0))]);
        using var all = Buffer(samples);
        using var some = new SampleBuffer();
        ChunkBlob.Decode(new ChunkBlob().Encode(all, 0, all.Count), samples[0].Time, new TimeWindow(samples[50].Time, samples[99].Time), some);

        Assert.Equal(samples[50..100].Select(static sample => sample.Time), some.Timestamps.ToArray());
    }

    [Theory]
    [InlineData(0, 0.2)]
    [InlineData(1, 0.6)]
    [InlineData(40, 1.3)]
    public void StaysSmallForWhatMetricsUsuallyAre(int spread, double bytesPerSample)
    {
        var random = new Random(7);
        var samples = Walk(0, [.. Enumerable.Range(0, 239).Select(_ => (100 + random.Next(-spread, spread + 1), 0))]);
        using var buffer = Buffer(samples);

        Assert.InRange(new ChunkBlob().Encode(buffer, 0, buffer.Count).Length / (double)buffer.Count, 0, bytesPerSample);
    }

    [Fact]
    public void RefusesEveryDamagedChunk()
    {
        using var buffer = Buffer(Walk(1, [.. Enumerable.Range(0, 30).Select(static step => (step, step % 3))]));
        var blob = new ChunkBlob().Encode(buffer, 0, buffer.Count).ToArray();
        using var read = new SampleBuffer();
        for (var at = 0; at < blob.Length; at++)
        {
            var damaged = (byte[])blob.Clone();
            damaged[at] ^= 0x10;
            Assert.Throws<InvalidDataException>(() => ChunkBlob.Decode(damaged, 0, Samples.AllTime, read));
            Assert.Throws<InvalidDataException>(() => ChunkBlob.Decode(blob.AsSpan(0, at), 0, Samples.AllTime, read));
        }
    }

    [Fact]
    public void SurvivesRandomBytesUnderAValidChecksum()
    {
        var random = new Random(20260304);
        var refused = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = new byte[random.Next(1, 200) + 4];
            random.NextBytes(bytes);
            bytes[0] = (byte)random.Next(0, 5);
            BitConverter.TryWriteBytes(bytes.AsSpan(bytes.Length - 4), Crc32C.Of(bytes.AsSpan(0, bytes.Length - 4)));
            using var read = new SampleBuffer();
            try
            {
                ChunkBlob.Decode(bytes, 0, Samples.AllTime, read);
                Assert.InRange(read.Count, 0, bytes.Length * 8);
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 1, 20_000);
    }

    [Fact]
    public void ComputesTheChecksumOfTheStandard() => Assert.Equal(0xE3069283, Crc32C.Of("123456789"u8));

    private static (long Time, double Value)[] Walk(int places, IEnumerable<(int Step, int Jitter)> moves)
    {
        var time = 1_770_000_000_000;
        var value = 1000L;
        var samples = new List<(long, double)> { (time, value / Math.Pow(10, places)) };
        foreach (var (step, jitter) in moves)
        {
            time += 15_000 + jitter;
            value += step;
            samples.Add((time, value / Math.Pow(10, places)));
        }

        return [.. samples];
    }

    private static SampleBuffer Buffer((long Time, double Value)[] samples)
    {
        var buffer = new SampleBuffer();
        foreach (var (time, value) in samples)
        {
            buffer.Append(time, value);
        }

        return buffer;
    }

    // Times may go anywhere, so the window is all of time; nothing may be cut at a sample beyond it.
    private static bool RoundTrips((long Time, double Value)[] samples)
    {
        using var buffer = Buffer(samples);
        using var read = new SampleBuffer();
        ChunkBlob.Decode(new ChunkBlob().Encode(buffer, 0, buffer.Count), samples[0].Time, Samples.AllTime, read);
        return read.Timestamps.SequenceEqual(buffer.Timestamps)
            && read.Values.ToArray().Select(BitConverter.DoubleToInt64Bits).SequenceEqual(buffer.Values.ToArray().Select(BitConverter.DoubleToInt64Bits));
    }
}
