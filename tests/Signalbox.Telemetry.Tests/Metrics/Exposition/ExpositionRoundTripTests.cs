using System.Buffers;
using FsCheck;
using FsCheck.Fluent;
using Signalbox.PromQL.Model;
using Signalbox.Telemetry.Metrics;
using Signalbox.Telemetry.Metrics.Exposition;
using Xunit;

namespace Signalbox.Telemetry.Tests.Metrics.Exposition;

public sealed class ExpositionRoundTripTests
{
    [Fact]
    public void PrometheusTextIsReadBackAsItWasWritten() => Prop.ForAll<int>(static seed => Check(seed, ExpositionFormat.PrometheusText)).QuickCheckThrowOnFailure();

    [Fact]
    public void OpenMetricsIsReadBackAsItWasWritten() => Prop.ForAll<int>(static seed => Check(seed, ExpositionFormat.OpenMetrics)).QuickCheckThrowOnFailure();

    [Fact]
    public void KeysDoNotDependOnTheOrderOfLabels() => Prop.ForAll<int>(static seed =>
    {
        var random = new Random(seed);
        var labels = Enumerable.Range(0, random.Next(8)).Select(index => $"l{index}=\"{random.Next(3)}\"").ToArray();
        var shuffled = labels.ToArray();
        random.Shuffle(shuffled);
        using var batch = new MetricBatch();
        var text = System.Text.Encoding.UTF8.GetBytes($"m{{{string.Join(',', labels)}}} 1\nm{{{string.Join(',', shuffled)}}} 2\n");

        ExpositionParser.Parse(text, ExpositionFormat.PrometheusText, 0, batch);

        Assert.Equal(batch.KeyOf(0).ToArray(), batch.KeyOf(1).ToArray());
    }).QuickCheckThrowOnFailure();

    private static void Check(int seed, ExpositionFormat format)
    {
        var random = new Random(seed);
        var output = new ArrayBufferWriter<byte>();
        var writer = new ExpositionWriter(output, format);
        using var expected = new MetricBatch();
        for (var family = 0; family < random.Next(1, 5); family++)
        {
            var name = $"f{family}" + (random.Next(4) == 0 ? ".\u00f6\"\\" : "_x");
            writer.BeginFamily(name, MetricType.Gauge, Text(random));
            for (var series = 0; series < random.Next(1, 4); series++)
            {
                Label[] labels = [new Label("id", $"{series}"), .. Enumerable.Range(0, random.Next(4)).Select(index => new Label($"l{index}" + (random.Next(4) == 0 ? "-" : ""), Text(random)))];
                var value = random.Next(5) switch { 0 => double.NaN, 1 => double.NegativeInfinity, 2 => random.Next(), 3 => random.NextDouble() * 1e-300, _ => -random.NextDouble() };
                var timestamp = random.NextInt64(-1_000_000_000_000, 4_000_000_000_000);
                writer.Sample(labels, value, timestamp);
                expected.AddSeries(SeriesKey.FromLabels(Labels.From([.. labels, new Label(Labels.MetricName, name)])), 0);
                expected.AddSample(timestamp, value);
            }
        }

        writer.Complete();
        using var actual = new MetricBatch();
        ExpositionParser.Parse(output.WrittenSpan, format, 0, actual);
        Assert.Equal(BatchText.Lines(expected), BatchText.Lines(actual));
    }

    private static string Text(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => ((string[])["a", "\\", "\"", "\n", "\\n", " # ", "}", ",", "=", "\u65e5", "\U0001F600", "\0"])[random.Next(12)]));
}
