using Signalbox.Runner.Metrics;
using Signalbox.Runner.Readings.Report;
using Signalbox.Runner.Tests.Reports;
using Signalbox.Testing.Files;
using Signalbox.Testing.Processes;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.Runner.Tests.Metrics;

public sealed class RunMetricsTests
{
    private static readonly string[] Given =
    [
        "cicd_ai_duration_seconds", "cicd_ai_token_usage_total", "cicd_ai_cache_hits_total", "cicd_ai_risk_score", "cicd_ai_memory_alloc_bytes",
        "cicd_ai_memory_sys_bytes", "cicd_ai_memory_limit_bytes", "cicd_ai_goroutines_count", "cicd_ai_gc_count_total", "cicd_ai_cpu_percent",
    ];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void AgentsRunIsTheTextThatIsCommitted() => Golden.Matches("tests/Signalbox.Runner.Tests/Metrics/Goldens/agent.prom", RunMetrics.Text(SampleReports.Agent));

    [Fact]
    public void PlainRunIsTheTextThatIsCommitted() => Golden.Matches("tests/Signalbox.Runner.Tests/Metrics/Goldens/plain.prom", RunMetrics.Text(SampleReports.Plain));

    [Fact]
    public void TheNamesThatBoardsKnowAreThereWithAndWithoutARun()
    {
        var process = RunMetrics.TextOfProcess(ProcessFigures.Now(TimeProvider.System, 536_870_912, "0.1.0"));
        foreach (var name in Given)
        {
            Assert.Contains($"# TYPE {name} ", RunMetrics.Text(SampleReports.Agent), StringComparison.Ordinal);
            Assert.Contains($"# TYPE {name} ", process, StringComparison.Ordinal);
        }

        Assert.Contains("cicd_ai_memory_limit_bytes 536870912\n", process, StringComparison.Ordinal);
    }

    [Fact]
    public void GoroutinesAreExplained() => Assert.Contains(
        "# HELP cicd_ai_goroutines_count Live threads of the runner plus queued work items of its .NET thread pool", RunMetrics.Text(SampleReports.Plain), StringComparison.Ordinal);

    [Theory]
    [InlineData("agent")]
    [InlineData("plain")]
    [InlineData("hostile")]
    [InlineData("process")]
    public async Task PromtoolFindsNoFaultButWithTheTwoNamesThatWereGiven(string which)
    {
        var promtool = DebianPackage.Promtool.Require();
        var text = which switch
        {
            "agent" => RunMetrics.Text(SampleReports.Agent),
            "plain" => RunMetrics.Text(SampleReports.Plain),
            "hostile" => RunMetrics.Text(SampleReports.Hostile),
            _ => RunMetrics.TextOfProcess(ProcessFigures.Now(TimeProvider.System, 0, "0.1.0")),
        };

        var result = await ChildProcess.RunAsync(promtool, ["check", "metrics"], Cancelled, text);

        Assert.DoesNotContain("error while linting", result.Error, StringComparison.Ordinal);
        var faults = result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Split(' ')[0]);
        Assert.Empty(faults.Except(["cicd_ai_cpu_percent", "cicd_ai_goroutines_count"], StringComparer.Ordinal));
    }

    [Fact]
    public void AFailedRunDoesNotTellASuccess()
    {
        var failed = SampleReports.Agent with { Outcome = SampleReports.Agent.Outcome with { ExitCode = 102, Reason = OutcomeReasons.MemoryLimit } };

        Assert.DoesNotContain(RunMetricNames.LastSuccess, RunMetrics.Text(failed), StringComparison.Ordinal);
        Assert.Contains("cicd_ai_exit_code 102\n", RunMetrics.Text(failed), StringComparison.Ordinal);
    }

    [Fact]
    public void NamesFromOutsideAreBounded()
    {
        var many = SampleReports.Agent with
        {
            Tools = [.. Enumerable.Range(0, 200).Select(static index => new ToolReport($"mcp__x__{index}", 2, 1, 0, 0))],
            Usage = SampleReports.Agent.Usage! with { Models = [.. Enumerable.Range(0, 200).Select(static index => new ModelUsageReport($"model-{index}", 1, 1, 1, 1, 0.5))] },
        };

        var families = RunMetrics.Of(many, maxSeries: 10).ToDictionary(static family => family.Name);

        Assert.Equal((10 * 3) + 3, families[RunMetricNames.ToolCalls].Samples.Count);
        Assert.Equal(400, families[RunMetricNames.ToolCalls].Samples.Sum(static sample => sample.Value));
        Assert.Equal((10 * 4) + 4, families[RunMetricNames.TokenUsage].Samples.Count);
        Assert.Equal(190, Assert.Single(families[RunMetricNames.TokenUsage].Samples, static sample => sample.Labels[0].Value == "other" && sample.Labels[1].Value == "input").Value);
        Assert.Equal(100, families[RunMetricNames.Cost].Samples.Sum(static sample => sample.Value));
    }

    [Fact]
    public void EverySeriesIsThereOnce()
    {
        foreach (var family in RunMetrics.Of(SampleReports.Hostile).Concat(RunMetrics.Of(SampleReports.Agent)))
        {
            Assert.Equal(family.Samples.Count, family.Samples.Select(static sample => string.Join('\0', sample.Labels)).Distinct().Count());
        }
    }
}
