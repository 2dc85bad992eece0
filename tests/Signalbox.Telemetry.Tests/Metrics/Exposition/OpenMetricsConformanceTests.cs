using System.Text.Json;
using Signalbox.Telemetry.Metrics;
using Signalbox.Telemetry.Metrics.Exposition;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Telemetry.Tests.Metrics.Exposition;

public sealed class OpenMetricsConformanceTests
{
    [Fact]
    public void DecidesEveryPublicCaseAsTheSpecificationDoes()
    {
        var folder = ConformanceFolder.Require("openmetrics");
        var wrong = new List<string>();
        var cases = Directory.GetDirectories(folder);
        foreach (var path in cases)
        {
            using var description = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(path, "test.json")));
            var expected = description.RootElement.GetProperty("shouldParse").GetBoolean();
            var error = ErrorOf(File.ReadAllBytes(Path.Combine(path, "metrics")));
            if (expected != error is null)
            {
                wrong.Add($"{Path.GetFileName(path)}: {error ?? "was accepted"}");
            }
        }

        Assert.NotEmpty(cases);
        Assert.Empty(wrong);
    }

    internal static string? ErrorOf(ReadOnlySpan<byte> text)
    {
        using var batch = new MetricBatch();
        try
        {
            ExpositionParser.Parse(text, ExpositionFormat.OpenMetrics, 0, batch);
            return null;
        }
        catch (ExpositionFormatException exception)
        {
            return exception.Message;
        }
    }
}
