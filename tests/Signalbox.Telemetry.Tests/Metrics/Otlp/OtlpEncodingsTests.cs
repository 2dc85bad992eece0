using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Signalbox.Telemetry.Metrics;
using Signalbox.Telemetry.Metrics.Otlp;
using Signalbox.Telemetry.Wire;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Telemetry.Tests.Metrics.Otlp;

public sealed class OtlpEncodingsTests
{
    [Fact]
    public void GiveTheSameSeriesForTheSameRequest() => Prop.ForAll<int>(static seed =>
    {
        var sample = new OtlpSampleGenerator(seed).Request();
        var fromProtobuf = Translate(data => OtlpMetricsReader.ReadProtobuf(sample.ToProtobuf(), data));
        var fromJson = Translate(data => OtlpMetricsReader.ReadJson(sample.ToJson(), data));
        Assert.Equal(fromProtobuf.Lines, fromJson.Lines);
        Assert.Equal(fromProtobuf.Metadata, fromJson.Metadata);
        Assert.Equal(fromProtobuf.Message, fromJson.Message);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void WriteAttributeValuesAsLabelsDo()
    {
        (string, object)[] attributes =
        [
            ("text", "a\"b"), ("flag", true), ("whole", -5L), ("real", 1.5), ("tiny", 1e-7), ("bytes", new byte[] { 1, 2, 255 }),
            ("list", new object[] { "x", 1L, new object[] { false } }), ("map", new (string, object)[] { ("k\u00e9y", 2.0), ("inner", new (string, object)[] { ("n", double.NaN) }) }),
        ];
        var sample = new OtlpSample([], [new OtlpSample.Metric("m", "", "gauge", 0, false, [new OtlpSample.Point(1_000_000) { Value = 1L, Attributes = attributes }])]);

        var (lines, _, _) = Translate(data => OtlpMetricsReader.ReadProtobuf(sample.ToProtobuf(), data));

        Assert.Equal(
            ["m{bytes=\"AQL/\", flag=\"true\", list=\"[\\\"x\\\",1,[false]]\", map=\"{\\\"k\u00e9y\\\":2,\\\"inner\\\":{\\\"n\\\":\\\"NaN\\\"}}\", real=\"1.5\", text=\"a\\\"b\", tiny=\"1e-7\", whole=\"-5\"} 1 @1"],
            lines);
        Assert.Equal(lines, Translate(data => OtlpMetricsReader.ReadJson(sample.ToJson(), data)).Lines);
    }

    [Fact]
    public void ReadThePublicExamples()
    {
        foreach (var path in Directory.GetFiles(ConformanceFolder.Require("otlp"), "*.json"))
        {
            var data = new OtlpMetricsData();
            OtlpMetricsReader.ReadJson(File.ReadAllBytes(path), data);
            Assert.Equal(Path.GetFileName(path) == "metrics.json", data.PointCount > 0);
        }
    }

    [Fact]
    public void TakeEveryKindOfNumberInJson()
    {
        const string text = """
            {"resourceMetrics":[{"resource":null,"schemaUrl":"x","scopeMetrics":[{"scope":{},"metrics":[
              {"name":"a","gauge":{"dataPoints":[{"asInt":"9007199254740993","timeUnixNano":"5000000"},{"asInt":7,"timeUnixNano":6000000},{"asDouble":"NaN","timeUnixNano":7000000},{"asDouble":-1e3,"timeUnixNano":8000000}]}},
              {"name":"b","sum":null,"metadata":[{"key":"k"}]}]}]}]}
            """;

        var (lines, _, _) = Translate(data => OtlpMetricsReader.ReadJson(Encoding.UTF8.GetBytes(text), data));

        Assert.Equal(["a 9007199254740992 @5", "a 7 @6", "a NaN @7", "a -1000 @8"], lines);
    }

    [Theory]
    [InlineData("", "not valid JSON")]
    [InlineData("[]", "StartArray where StartObject belongs")]
    [InlineData("{} x", "not valid JSON")]
    [InlineData("{\"resourceMetrics\":{}}", "StartObject where StartArray belongs")]
    [InlineData("{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"name\":5}]}]}]}", "Number where String belongs")]
    [InlineData("{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"sum\":{\"aggregationTemporality\":\"AGGREGATION_TEMPORALITY_DELTA\"}}]}]}]}", "the number of an enum value")]
    [InlineData("{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"sum\":{\"dataPoints\":[{\"timeUnixNano\":-1}]}}]}]}]}", "an unsigned whole number")]
    [InlineData("{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"sum\":{\"dataPoints\":[{\"asInt\":1.5}]}}]}]}]}", "a whole number")]
    [InlineData("{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"name\":\"\\ud800\"}]}]}]}", "not valid text")]
    public void RefuseJsonAndSayWhy(string text, string reason)
    {
        var exception = Assert.Throws<WireFormatException>(() => OtlpMetricsReader.ReadJson(Encoding.UTF8.GetBytes(text), new OtlpMetricsData()));

        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RefuseAttributesThatNestTooDeep()
    {
        object value = "leaf";
        for (var depth = 0; depth < 2000; depth++)
        {
            value = new object[] { value };
        }

        var sample = new OtlpSample([("deep", value)], []);

        Assert.Throws<WireLimitException>(() => OtlpMetricsReader.ReadProtobuf(sample.ToProtobuf(), new OtlpMetricsData()));
        var json = "{\"resourceMetrics\":" + string.Concat(Enumerable.Repeat("[", 100_000));
        Assert.Throws<WireFormatException>(() => OtlpMetricsReader.ReadJson(Encoding.UTF8.GetBytes(json), new OtlpMetricsData()));
    }

    [Fact]
    public void RefuseTextThatIsNotUtf8()
    {
        var writer = new ProtobufWriter();
        writer.BeginMessage(1);
        writer.BeginMessage(2);
        writer.BeginMessage(2);
        writer.WriteBytes(1, [0xff]);
        writer.EndMessage();
        writer.EndMessage();
        writer.EndMessage();

        Assert.Throws<WireFormatException>(() => OtlpMetricsReader.ReadProtobuf(writer.ToArray(), new OtlpMetricsData()));
    }

    private static (string[] Lines, MetricMetadata[] Metadata, string? Message) Translate(Action<OtlpMetricsData> read)
    {
        var data = new OtlpMetricsData();
        read(data);
        using var batch = new MetricBatch();
        var options = new OtlpTranslationOptions();
        var translation = new OtlpMetricTranslator(options, new OtlpDeltaAccumulator(options, new FakeClock())).Translate(TenantId.Default, data, batch);
        return (BatchText.Lines(batch), [.. batch.Metadata], translation.Message);
    }
}
