using Signalbox.PromQL.Model;
using Signalbox.Telemetry.Metrics;
using Signalbox.Telemetry.Metrics.RemoteWrite;
using Signalbox.Telemetry.Wire;
using Xunit;

namespace Signalbox.Telemetry.Tests.Metrics.RemoteWrite;

public sealed class RemoteWriteReaderTests
{
    private static readonly HistogramSample Histogram = new()
    {
        Schema = 3,
        Count = 21,
        Sum = 18.4,
        ZeroThreshold = 0.001,
        ZeroCount = 2,
        PositiveSpans = [new BucketSpan(-2, 2), new BucketSpan(1, 2)],
        PositiveBuckets = [1, 2, 1, 1],
        NegativeSpans = [new BucketSpan(0, 1)],
        NegativeBuckets = [3],
        CounterResetHint = CounterResetHint.Gauge,
    };

    [Fact]
    public void ReadsBackWhatTheEncoderWrote()
    {
        using var sent = new MetricBatch();
        sent.AddSeries(SeriesKey.FromLabels(Labels.From(("__name__", "up"), ("job", "n\u00f6de"))), 2);
        sent.AddSample(1000, 1);
        sent.AddSample(2000, StaleMarker.Value);
        sent.AddSeries(SeriesKey.FromLabels(Labels.From(("__name__", "latency"))), 1);
        sent.AddSample(-5, Histogram);
        sent.AddMetadata(new MetricMetadata("up", MetricType.Gauge, "Help.", "s"));
        using var received = new MetricBatch();

        var summary = RemoteWriteReader.ReadCompressed(RemoteWriteEncoder.EncodeCompressed(sent), 1 << 20, RemoteWriteProtocol.V1, received);

        Assert.Equal(new RemoteWriteSummary(2, 1, 0, 0, null), summary);
        Assert.Equal(BatchText.Lines(sent), BatchText.Lines(received));
        Assert.True(StaleMarker.Is(received.SamplesOf(0)[1].Value));
        Assert.Equal(sent.Metadata, received.Metadata);
        Assert.Equal(2, received.LabelCountOf(0));
    }

    [Fact]
    public void TurnsIntegerBucketsIntoAbsoluteCounts()
    {
        var writer = new ProtobufWriter();
        writer.WriteVarint(1, 12);
        writer.WriteSInt32(4, -4);
        writer.WriteVarint(6, 2);
        writer.BeginMessage(11);
        writer.WriteSInt32(1, -3);
        writer.WriteVarint(2, 3);
        writer.EndMessage();
        writer.BeginMessage(12);
        writer.WriteRawVarint(ProtobufWriter.ZigZag64(5));
        writer.WriteRawVarint(ProtobufWriter.ZigZag64(-4));
        writer.WriteRawVarint(ProtobufWriter.ZigZag64(3));
        writer.EndMessage();
        writer.WriteInt64(15, 7);

        using var batch = new MetricBatch();
        var summary = RemoteWriteReader.Read(Series([("__name__", "h")], (4, writer.ToArray())), RemoteWriteProtocol.V1, batch);

        Assert.Equal(1, summary.Histograms);
        var sample = batch.SamplesOf(0)[0];
        Assert.Equal(7, sample.Timestamp);
        Assert.Equal("{schema -4 count 12 sum 0 zero 2/0 neg [] pos -3+3[5 1 4] custom  hint Unknown}", BatchText.HistogramText(sample.Histogram!));
    }

    [Fact]
    public void SortsLabelsAndDropsEmptyOnes()
    {
        using var batch = new MetricBatch();
        RemoteWriteReader.Read(Series([("z", "1"), ("__name__", "m"), ("a", ""), ("b", "2")], Sample(1, 2)), RemoteWriteProtocol.V1, batch);

        Assert.Equal(["m{b=\"2\", z=\"1\"} 1 @2"], BatchText.Lines(batch));
    }

    [Fact]
    public void ReadsLabelsThatStandAfterTheirSamples()
    {
        var writer = new ProtobufWriter();
        writer.BeginMessage(1);
        writer.WriteBytes(2, Sample(1, 2).Message);
        writer.BeginMessage(1);
        writer.WriteString(1, "__name__");
        writer.WriteString(2, "late");
        writer.EndMessage();
        writer.EndMessage();
        using var batch = new MetricBatch();

        RemoteWriteReader.Read(writer.WrittenSpan, RemoteWriteProtocol.V1, batch);

        Assert.Equal(["late 1 @2"], BatchText.Lines(batch));
    }

    [Theory]
    [InlineData("a", "1", "a", "2", "has a label name twice")]
    [InlineData("", "1", "b", "2", "has an empty label name")]
    public void LeavesOutASeriesThatIsNotValidAndKeepsTheRest(string name1, string value1, string name2, string value2, string fault)
    {
        byte[] message =
        [
            .. Series([("__name__", "bad"), (name1, value1), (name2, value2)], Sample(1, 1), Sample(2, 2)),
            .. Series([("other", "no name")], Sample(1, 1)),
            .. Series([("__name__", "good")], Sample(3, 3), (3, [])),
        ];
        using var batch = new MetricBatch();

        var summary = RemoteWriteReader.Read(message, RemoteWriteProtocol.V1, batch);

        Assert.Equal(["good 3 @3"], BatchText.Lines(batch));
        Assert.Equal((1, 1, 3), (summary.Samples, summary.Exemplars, summary.InvalidSamples));
        Assert.Contains(fault, summary.FirstFault, StringComparison.Ordinal);
    }

    [Fact]
    public void LeavesOutAHistogramWhoseSpansPromiseMoreThanItHas()
    {
        var writer = new ProtobufWriter();
        writer.BeginMessage(11);
        writer.WriteVarint(2, uint.MaxValue);
        writer.EndMessage();
        using var batch = new MetricBatch();

        var summary = RemoteWriteReader.Read(Series([("__name__", "h")], (4, writer.ToArray())), RemoteWriteProtocol.V1, batch);

        Assert.Equal(0, batch.SampleCount);
        Assert.Contains("spans do not cover", summary.FirstFault, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadsTheSecondSchemaWithItsSymbols()
    {
        using var batch = new MetricBatch();
        var summary = RemoteWriteReader.Read(V2Request([1, 2, 3, 4]), RemoteWriteProtocol.V2, batch);

        Assert.Equal(["up{job=\"n\"} 1 @2"], BatchText.Lines(batch));
        Assert.Equal([new MetricMetadata("up", MetricType.Gauge, "Help.", "")], batch.Metadata);
        Assert.Equal((1, 1), (summary.Samples, summary.Exemplars));
    }

    [Theory]
    [InlineData(new[] { 1, 2, 3 }, "name without a value")]
    [InlineData(new[] { 1, 2, 3, 99 }, "refers to symbol 99 of 6")]
    public void LeavesOutASeriesOfTheSecondSchemaWithBrokenReferences(int[] references, string fault)
    {
        using var batch = new MetricBatch();
        var summary = RemoteWriteReader.Read(V2Request(references), RemoteWriteProtocol.V2, batch);

        Assert.Equal(1, summary.InvalidSamples);
        Assert.Contains(fault, summary.FirstFault, StringComparison.Ordinal);
    }

    [Fact]
    public void NamesWhatIsMalformedAndWhere()
    {
        using var batch = new MetricBatch();
        byte[] message = [0x0a, 0x04, 0x0a, 0x7f, 0, 0];

        var exception = Assert.Throws<WireFormatException>(() => RemoteWriteReader.Read(message, RemoteWriteProtocol.V1, batch));

        Assert.Equal("The protobuf message TimeSeries has a length beyond the end of the message (field 1, byte 2 of 4).", exception.Message);
    }

    [Theory]
    [InlineData("application/x-protobuf", RemoteWriteProtocol.V1)]
    [InlineData("application/x-protobuf;proto=prometheus.WriteRequest", RemoteWriteProtocol.V1)]
    [InlineData("application/x-protobuf; proto=io.prometheus.write.v2.Request", RemoteWriteProtocol.V2)]
    [InlineData("application/x-protobuf;proto=other", null)]
    [InlineData("application/json", null)]
    [InlineData(null, null)]
    public void TellsSchemasApartByMediaType(string? contentType, RemoteWriteProtocol? expected) =>
        Assert.Equal(expected, RemoteWriteContentType.ProtocolOf(contentType));

    private static (int Field, byte[] Message) Sample(double value, long timestamp)
    {
        var writer = new ProtobufWriter();
        writer.WriteDouble(1, value);
        writer.WriteInt64(2, timestamp);
        return (2, writer.ToArray());
    }

    private static byte[] Series((string Name, string Value)[] labels, params (int Field, byte[] Message)[] points)
    {
        var writer = new ProtobufWriter();
        writer.BeginMessage(1);
        foreach (var (name, value) in labels)
        {
            writer.BeginMessage(1);
            writer.WriteString(1, name);
            writer.WriteString(2, value);
            writer.EndMessage();
        }

        foreach (var (field, message) in points)
        {
            writer.WriteBytes(field, message);
        }

        writer.EndMessage();
        return writer.ToArray();
    }

    private static byte[] V2Request(int[] references)
    {
        var writer = new ProtobufWriter();
        writer.BeginMessage(5);
        writer.BeginMessage(1);
        foreach (var reference in references)
        {
            writer.WriteRawVarint((ulong)reference);
        }

        writer.EndMessage();
        writer.WriteBytes(2, Sample(1, 2).Message);
        writer.WriteBytes(4, []);
        writer.BeginMessage(5);
        writer.WriteVarint(1, 2);
        writer.WriteVarint(3, 5);
        writer.EndMessage();
        writer.EndMessage();
        foreach (var symbol in (string[])["", "__name__", "up", "job", "n", "Help."])
        {
            writer.WriteString(4, symbol);
        }

        return writer.ToArray();
    }
}
