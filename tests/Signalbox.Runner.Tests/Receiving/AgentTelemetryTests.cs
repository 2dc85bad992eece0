using Signalbox.Runner.Receiving;
using Xunit;

namespace Signalbox.Runner.Tests.Receiving;

public sealed class AgentTelemetryTests
{
    private static readonly Uri Receiver = new("http://127.0.0.1:4000/0123");

    [Fact]
    public void TheAgentSendsEverythingToTheReceiverAndNothingElsewhere()
    {
        var variables = AgentTelemetry.Environment(Receiver, new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"] = "http://elsewhere" });

        Assert.Equal("http://127.0.0.1:4000/0123", variables["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        Assert.Equal("http/json", variables["OTEL_EXPORTER_OTLP_PROTOCOL"]);
        Assert.Equal("1", variables["CLAUDE_CODE_ENABLE_TELEMETRY"]);
        Assert.Equal("otlp", variables["OTEL_METRICS_EXPORTER"]);
        Assert.Equal("1000", variables["OTEL_METRIC_EXPORT_INTERVAL"]);
        Assert.Null(variables["OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"]);
        Assert.Null(variables["OTEL_EXPORTER_OTLP_HEADERS"]);
        Assert.DoesNotContain("NO_PROXY", variables.Keys);
    }

    [Fact]
    public void BehindAProxyTheReceiverIsReachedDirectly()
    {
        var variables = AgentTelemetry.Environment(Receiver, new Dictionary<string, string> { ["https_proxy"] = "http://proxy", ["HTTP_PROXY"] = "http://proxy", ["NO_PROXY"] = "corp.example" });

        Assert.Equal("corp.example,127.0.0.1", variables["NO_PROXY"]);
        Assert.Equal("127.0.0.1", variables["no_proxy"]);
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4317;OTEL_EXPORTER_OTLP_PROTOCOL=grpc", true)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4318;OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf", false)]
    [InlineData("OTEL_METRICS_EXPORTER=prometheus", true)]
    [InlineData("OTEL_METRICS_EXPORTER=otlp;OTEL_TRACES_EXPORTER=none", false)]
    [InlineData("", false)]
    public void TelemetryThatCannotPassThroughIsLeftAlone(string environment, bool elsewhere)
    {
        var variables = environment.Split(';', StringSplitOptions.RemoveEmptyEntries).ToDictionary(static pair => pair.Split('=')[0], static pair => pair.Split('=')[1]);

        Assert.Equal(elsewhere, AgentTelemetry.IsElsewhere(variables.GetValueOrDefault));
    }
}
