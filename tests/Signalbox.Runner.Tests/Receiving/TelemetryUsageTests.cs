using Signalbox.Runner.Readings.Report;
using Signalbox.Runner.Receiving;
using Xunit;

namespace Signalbox.Runner.Tests.Receiving;

public sealed class TelemetryUsageTests
{
    [Fact]
    public void DeltasAreAddedUpByModelAndKind()
    {
        var usage = new TelemetryUsage();
        usage.Take(Line("claude_code.token.usage", 1, Point("sonnet", "input", "\"10\""), Point("sonnet", "output", "\"4\""), Point("haiku", "cacheRead", "\"7\"")));
        usage.Take(Line("claude_code.token.usage", 1, Point("sonnet", "input", "\"5\""), Point("haiku", "cacheCreation", "2")));
        usage.Take(Line("claude_code.cost.usage", 1, Point("sonnet", null, "0.25", "asDouble"), Point("sonnet", null, "0.5", "asDouble")));

        Assert.Equal([new ModelUsageReport("haiku", 0, 0, 7, 2, null), new ModelUsageReport("sonnet", 15, 4, 0, 0, 0.75)], usage.Models);
    }

    [Fact]
    public void RunningCountsAreTakenAtTheirLatestValueForEachStart()
    {
        var usage = new TelemetryUsage();
        usage.Take(Line("claude_code.token.usage", 2, Point("sonnet", "input", "\"10\"")));
        usage.Take(Line("claude_code.token.usage", 2, Point("sonnet", "input", "\"15\"")));
        usage.Take(Line("claude_code.token.usage", 2, Point("sonnet", "input", "\"15\"")));
        usage.Take(Line("claude_code.token.usage", 2, Point("sonnet", "input", "\"3\"", start: "2000")));

        Assert.Equal([new ModelUsageReport("sonnet", 18, 0, 0, 0, null)], usage.Models);
    }

    [Fact]
    public void ModelsBeyondTheBoundAreCountedTogether()
    {
        var usage = new TelemetryUsage();
        for (var number = 0; number < 300; number++)
        {
            usage.Take(Line("claude_code.token.usage", 1, Point($"model-{number}", "input", "1")));
        }

        Assert.Equal(200, usage.Models!.Count);
        Assert.Equal(101, Assert.Single(usage.Models, static model => model.Model == "other").Input);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"signal\":\"metrics\",\"body\":{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"name\":\"claude_code.token.us")]
    [InlineData("{\"body\":\"claude_code.token.usage\"}")]
    [InlineData("{\"body\":{\"resourceMetrics\":[1,{\"scopeMetrics\":{\"metrics\":\"claude_code.token.usage\"}}]}}")]
    [InlineData("{\"body\":{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"name\":\"claude_code.token.usage\",\"sum\":{\"dataPoints\":[{\"asInt\":\"x\"}]}}]}]}]}}")]
    public void OtherLinesTellNothing(string line)
    {
        var usage = new TelemetryUsage();

        usage.Take(line);

        Assert.Null(usage.Models);
    }

    [Fact]
    public void RandomBytesDoNoHarm()
    {
        var random = new Random(7);
        var line = Line("claude_code.token.usage", 1, Point("sonnet", "input", "\"10\""));
        for (var round = 0; round < 2000; round++)
        {
            var characters = line.ToCharArray();
            for (var change = 0; change < 4; change++)
            {
                characters[random.Next(characters.Length)] = (char)random.Next(0, 128);
            }

            new TelemetryUsage().Take(new string(characters));
        }
    }

    [Fact]
    public void AFileThatIsNotThereTellsNothing() => Assert.Null(TelemetryUsage.OfFile("/nowhere/telemetry.jsonl"));

    private static string Line(string name, int temporality, params string[] points) =>
        $$$"""{"at":"2026-01-24T10:00:00.000Z","signal":"metrics","body":{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"{{{name}}}","sum":{"aggregationTemporality":{{{temporality}}},"dataPoints":[{{{string.Join(',', points)}}}]}}]}]}]}}""";

    private static string Point(string model, string? type, string value, string member = "asInt", string start = "1000")
    {
        var typed = type is null ? string.Empty : $$$""",{"key":"type","value":{"stringValue":"{{{type}}}"}}""";
        return $$$"""{"startTimeUnixNano":"{{{start}}}","attributes":[{"key":"model","value":{"stringValue":"{{{model}}}"}}{{{typed}}}],"{{{member}}}":{{{value}}}}""";
    }
}
