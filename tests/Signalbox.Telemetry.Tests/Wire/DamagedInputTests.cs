using System.Text;
using Signalbox.PromQL.Model;
using Signalbox.Telemetry.Metrics;
using Signalbox.Telemetry.Metrics.Exposition;
using Signalbox.Telemetry.Metrics.Otlp;
using Signalbox.Telemetry.Metrics.RemoteWrite;
using Signalbox.Telemetry.Tests.Metrics.Otlp;
using Signalbox.Telemetry.Wire;
using Signalbox.Testing.Clock;
using Xunit;

namespace Signalbox.Telemetry.Tests.Wire;

/// <summary>Every parser of outside input answers damaged input with its own error, in bounded memory.</summary>
public sealed class DamagedInputTests
{
    private const int Rounds = 3000;

    private static readonly byte[] Text = Encoding.UTF8.GetBytes(
        """
        # HELP a_seconds Help \\ text\n.
        # TYPE a_seconds histogram
        # UNIT a_seconds seconds
        a_seconds_bucket{le="1.0",b="\"x\\"} 1 1.5 # {id="z"} 0.5 1
        a_seconds_bucket{le="+Inf",b="\"x\\"} 2 1.5
        # TYPE s summary
        s{quantile="0.5"} 1e-3
        {"u.v",w="1"} NaN
        # EOF

        """);

    [Fact]
    public void DoesNotUpsetTheTextParser() => Mutations.Feed(static input => ParseText(input, ExpositionFormat.PrometheusText), 1, Rounds, Text);

    [Fact]
    public void DoesNotUpsetTheOpenMetricsParser() => Mutations.Feed(static input => ParseText(input, ExpositionFormat.OpenMetrics), 2, Rounds, Text);

    [Fact]
    public void DoesNotUpsetSnappy() =>
        Mutations.Feed(static input => BoundedDecompression.UnsnapBlock(input, 1 << 20).Dispose(), 3, Rounds, IronSnappy.Snappy.Encode([.. Text, .. Text]));

    [Fact]
    public void DoesNotUpsetGzip() =>
        Mutations.Feed(static input => BoundedDecompression.Gunzip(input, 1 << 20).Dispose(), 4, Rounds, GrpcFrame.Write(Text, gzip: true)[GrpcFrame.PrefixLength..]);

    [Fact]
    public void DoesNotUpsetGrpcFrames() =>
        Mutations.Feed(static input => GrpcFrame.ReadUnary(input, "gzip", 1 << 20).Dispose(), 5, Rounds, GrpcFrame.Write(Text), GrpcFrame.Write(Text, gzip: true));

    [Fact]
    public void DoesNotUpsetRemoteWrite()
    {
        var message = RemoteWriteMessage();
        Mutations.Feed(static input => ReadRemoteWrite(input, RemoteWriteProtocol.V1), 6, Rounds, message);
        Mutations.Feed(static input => ReadRemoteWrite(input, RemoteWriteProtocol.V2), 7, Rounds, message, SecondSchema());
    }

    [Fact]
    public void DoesNotUpsetOtlpProtobuf() =>
        Mutations.Feed(static input => TranslateOtlp(data => OtlpMetricsReader.ReadProtobuf(input, data)), 8, Rounds, [.. Samples().Select(static sample => sample.ToProtobuf())]);

    [Fact]
    public void DoesNotUpsetOtlpJson() =>
        Mutations.Feed(static input => TranslateOtlp(data => OtlpMetricsReader.ReadJson(input, data)), 9, Rounds, [.. Samples().Select(static sample => sample.ToJson())]);

    private static OtlpSample[] Samples() => [.. Enumerable.Range(0, 40).Select(static seed => new OtlpSampleGenerator(seed).Request())];

    private static void ParseText(byte[] input, ExpositionFormat format)
    {
        using var batch = new MetricBatch();
        ExpositionParser.Parse(input, format, 0, batch);
        ReadKeys(batch);
    }

    private static void ReadRemoteWrite(byte[] input, RemoteWriteProtocol protocol)
    {
        using var batch = new MetricBatch();
        RemoteWriteReader.Read(input, protocol, batch);
        ReadKeys(batch);
    }

    private static void TranslateOtlp(Action<OtlpMetricsData> read)
    {
        var data = new OtlpMetricsData();
        read(data);
        using var batch = new MetricBatch();
        var options = new OtlpTranslationOptions();
        var translation = new OtlpMetricTranslator(options, new OtlpDeltaAccumulator(options, new FakeClock())).Translate(TenantId.Default, data, batch);
        Assert.Equal(data.PointCount, translation.AcceptedPoints + translation.RejectedPoints);
        ReadKeys(batch);
    }

    /// <summary>Whatever a parser let through must be a well-formed batch: readable keys, sorted distinct names, a metric name.</summary>
    private static void ReadKeys(MetricBatch batch)
    {
        for (var series = 0; series < batch.SeriesCount; series++)
        {
            var labels = SeriesKey.ToLabels(batch.KeyOf(series));
            Assert.Equal(batch.LabelCountOf(series), labels.Count);
            Assert.Equal(labels, Labels.From([.. labels]));
            Assert.NotEqual(string.Empty, labels.Name);
        }
    }

    private static byte[] RemoteWriteMessage()
    {
        using var batch = new MetricBatch();
        batch.AddSeries(SeriesKey.FromLabels(Labels.From(("__name__", "up"), ("job", "node"))), 2);
        batch.AddSample(1000, 1);
        batch.AddSeries(SeriesKey.FromLabels(Labels.From(("__name__", "latency"))), 1);
        batch.AddSample(1000, new HistogramSample { Schema = 1, PositiveSpans = [new BucketSpan(1, 2)], PositiveBuckets = [1, 2] });
        batch.AddMetadata(new MetricMetadata("up", MetricType.Gauge, "Help.", "s"));
        return RemoteWriteEncoder.Encode(batch);
    }

    private static byte[] SecondSchema()
    {
        var writer = new ProtobufWriter();
        foreach (var symbol in (string[])["", "__name__", "up", "job", "n", "Help."])
        {
            writer.WriteString(4, symbol);
        }

        writer.BeginMessage(5);
        writer.WriteBytes(1, [1, 2, 3, 4]);
        writer.BeginMessage(2);
        writer.WriteDouble(1, 1);
        writer.WriteInt64(2, 5);
        writer.EndMessage();
        writer.BeginMessage(5);
        writer.WriteVarint(1, 2);
        writer.WriteVarint(3, 5);
        writer.EndMessage();
        writer.EndMessage();
        return writer.ToArray();
    }
}
