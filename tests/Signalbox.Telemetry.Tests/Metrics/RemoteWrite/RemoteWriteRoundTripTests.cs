using FsCheck;
using FsCheck.Fluent;
using Signalbox.PromQL.Model;
using Signalbox.Telemetry.Metrics;
using Signalbox.Telemetry.Metrics.RemoteWrite;
using Xunit;

namespace Signalbox.Telemetry.Tests.Metrics.RemoteWrite;

public sealed class RemoteWriteRoundTripTests
{
    [Fact]
    public void BatchesAreReadBackAsTheyWereEncoded() => Prop.ForAll<int>(static seed =>
    {
        var random = new Random(seed);
        using var sent = new MetricBatch();
        for (var series = random.Next(5); series > 0; series--)
        {
            AddSeries(random, sent, series);
        }

        using var received = new MetricBatch();
        var summary = RemoteWriteReader.ReadCompressed(RemoteWriteEncoder.EncodeCompressed(sent), 1 << 24, RemoteWriteProtocol.V1, received);
        Assert.Equal(BatchText.Lines(sent), BatchText.Lines(received));
        Assert.Equal((sent.SampleCount, 0), (summary.Samples + summary.Histograms, summary.InvalidSamples));
    }).QuickCheckThrowOnFailure();

    private static void AddSeries(Random random, MetricBatch batch, int series)
    {
        var labels = Labels.From([
            new Label(Labels.MetricName, $"m{series}"),
            .. Enumerable.Range(0, random.Next(5)).Select(index => new Label($"l{index}\u00f6", new string('x', random.Next(1, 300)))),
        ]);
        batch.AddSeries(SeriesKey.FromLabels(labels), labels.Count);
        for (var sample = random.Next(4); sample > 0; sample--)
        {
            if (random.Next(3) == 0)
            {
                batch.AddSample(random.NextInt64(), Histogram(random));
            }
            else
            {
                batch.AddSample(random.NextInt64(long.MinValue, long.MaxValue), BitConverter.Int64BitsToDouble(random.NextInt64()));
            }
        }
    }

    private static HistogramSample Histogram(Random random)
    {
        var lengths = Enumerable.Range(0, random.Next(3)).Select(_ => random.Next(1, 5)).ToArray();
        return new HistogramSample
        {
            Schema = random.Next(-4, 9),
            Count = random.Next(),
            Sum = random.NextDouble(),
            ZeroCount = random.Next(),
            PositiveSpans = [.. lengths.Select((length, index) => new BucketSpan(index == 0 ? random.Next(-9, 9) : random.Next(9), (uint)length))],
            PositiveBuckets = [.. Enumerable.Range(0, lengths.Sum()).Select(_ => (double)random.Next())],
            CounterResetHint = (CounterResetHint)random.Next(4),
        };
    }
}
