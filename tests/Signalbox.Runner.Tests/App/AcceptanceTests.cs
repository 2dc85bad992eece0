using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace Signalbox.Runner.Tests.App;

/// <summary>The acceptance criteria of SPEC-OPS-01, section 5, one test each.</summary>
public sealed partial class AcceptanceTests : IDisposable
{
    private readonly RunnerProgram _runner = new();

    public void Dispose() => _runner.Dispose();

    /// <summary>1. JSON Output: what <c>cicd-runner --log-format=json</c> writes is a sequence of JSON.</summary>
    [Fact]
    public async Task JsonOutput()
    {
        var alone = await _runner.RunAsync("--log-format=json");
        var run = await _runner.RunAsync("--log-format=json", "--", "/bin/sh", "-c", "true");
        var wrong = await _runner.RunAsync("--log-format=json", "--no-such-flag");
        var configured = await _runner.RunAsync("run", "--log-format=json", "--set", "no.such.key=1", "--", "true");

        Assert.Equal((2, 0, 2, 78), (alone.ExitCode, run.ExitCode, wrong.ExitCode, configured.ExitCode));
        Assert.All([alone, run, wrong, configured], static result => Assert.NotEmpty(RunnerProgram.Lines(result.Error)));
        Assert.All([alone, run, wrong, configured], static result => Assert.Empty(result.Output));
        Assert.All(RunnerProgram.Lines(run.Error), static line => Assert.All(["level", "ts", "caller", "msg", "trace_id", "span_id", "component"], name => Assert.True(line.TryGetProperty(name, out _), name)));
    }

    /// <summary>2. Trace Correlation: every line has a trace_id that belongs to the platform's run.</summary>
    [Fact]
    public async Task TraceCorrelation()
    {
        _runner.Environment["GITHUB_ACTIONS"] = "true";
        _runner.Environment["GITHUB_RUN_ID"] = "12345678";
        _runner.Environment["GITHUB_RUN_ATTEMPT"] = "1";
        var first = RunnerProgram.Lines((await _runner.RunAsync("--log-format=json", "--", "/bin/sh", "-c", "true")).Error);
        var second = RunnerProgram.Lines((await _runner.RunAsync("--log-format=json", "--", "/bin/sh", "-c", "true")).Error);
        _runner.Environment["GITHUB_RUN_ATTEMPT"] = "2";
        var again = RunnerProgram.Lines((await _runner.RunAsync("--log-format=json", "--", "/bin/sh", "-c", "true")).Error);

        var trace = Assert.Single(first.Concat(second).Select(static line => line.GetProperty("trace_id").GetString()).Distinct(StringComparer.Ordinal));
        Assert.Matches("^[0-9a-f]{32}$", trace);
        Assert.All(first, static line => Assert.Equal("12345678", line.GetProperty("ci_run_id").GetString()));
        Assert.All(again, line => Assert.NotEqual(trace, line.GetProperty("trace_id").GetString()));
    }

    /// <summary>3. Audit Check: an <c>edit_file</c> is in the log as "Audit: Actor X modified Resource Y".</summary>
    [Fact]
    public async Task AuditCheck()
    {
        _runner.Environment["GITHUB_ACTIONS"] = "true";
        _runner.Environment["GITHUB_ACTOR"] = "octocat";

        var result = await _runner.ActAsync(AgentLines.EditScenario("src/app.cs"), "--agent", "claude-code", "--log-format=json");

        Assert.Equal(0, result.ExitCode);
        var line = Assert.Single(RunnerProgram.Lines(result.Error), static line => line.TryGetProperty("audit", out _));
        Assert.Equal("Audit: Actor octocat modified Resource src/app.cs", line.GetProperty("msg").GetString());
        Assert.Equal("tool_use/edit_file", line.GetProperty("action").GetString());
        Assert.Equal("succeeded", line.GetProperty("outcome").GetString());
        Assert.True(line.GetProperty("attributed").GetBoolean());
    }

    /// <summary>4. Memory Monitoring: the log has <c>memory_bytes</c> and <c>memory_percent</c>.</summary>
    [Fact]
    public async Task MemoryMonitoring()
    {
        var result = await _runner.RunAsync("--log-format=json", "--", "/bin/sh", "-c", "true");

        var lines = RunnerProgram.Lines(result.Error).Where(static line => line.TryGetProperty("memory_bytes", out _)).ToList();
        Assert.NotEmpty(lines);
        Assert.All(lines, static line => Assert.InRange(line.GetProperty("memory_percent").GetDouble(), 0.1, 100));
    }

    /// <summary>5. Memory Limit: near the limit of 512 MB there is a warning, and the runner collects its garbage.</summary>
    [Fact]
    public async Task MemoryLimit()
    {
        // Runner and agent take some hundred megabytes themselves; together with these it is between 80 % and 95 %.
        var result = await _runner.ActAsync("alloc 350000000 50000000 3", "--log-format=json", "--set", "resources.memory.fast_sample_interval=100ms", "--set", "resources.memory.measure=rss");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains(RunnerProgram.Lines(result.Error), static line => line.GetProperty("level").GetString() == "warn" && line.GetProperty("component").GetString() == "resource_monitor");
        Assert.InRange(_runner.Report.Resources.Warnings, 1, int.MaxValue);
        Assert.InRange(_runner.Report.Resources.GarbageCollections, 1, int.MaxValue);
    }

    /// <summary>6. Memory Exceeded: past 512 MB the runner exits with 102.</summary>
    [Fact]
    public async Task MemoryExceeded()
    {
        var result = await _runner.ActAsync("alloc 700000000 20000000 60", "--set", "resources.memory.fast_sample_interval=100ms");

        Assert.Equal(102, result.ExitCode);
        var outcome = _runner.Report.Outcome;
        Assert.Equal(("memory_limit", "runner", "runner", 102, 536_870_912L), (outcome.Reason, outcome.StoppedBy, outcome.ExitSource, outcome.ExitCode, outcome.LimitBytes));
        Assert.True(outcome.PeakMemoryBytes > outcome.LimitBytes);
    }

    /// <summary>7. Goroutine Leak: the number does not keep growing from sample to sample.</summary>
    [Fact]
    public async Task GoroutineLeak()
    {
        var scenario = string.Concat(Enumerable.Range(0, 60).Select(static index => $"say {AgentLines.Says("m-" + index.ToString(CultureInfo.InvariantCulture), "thinking")}\nsleep 0.05\n"));
        var result = await _runner.ActAsync(
            scenario, "--agent", "claude-code", "--log-format=json", "--set", "resources.memory.sample_interval=250ms", "--set", "resources.memory.fast_sample_interval=250ms");

        var counts = RunnerProgram.Lines(result.Error).Where(static line => line.TryGetProperty("goroutines", out _)).Select(static line => line.GetProperty("goroutines").GetInt64()).ToList();
        Assert.True(counts.Count >= 5, $"There are only {counts.Count} samples.");
        Assert.Contains(counts.Zip(counts.Skip(1)), static pair => pair.Second <= pair.First);
        Assert.DoesNotContain(_runner.Report.Warnings, static warning => warning.Code == "leak_suspected");
    }

    /// <summary>8. Prometheus Format: <c>cicd-runner --metrics</c> prints metrics, with a run and without one.</summary>
    [Fact]
    public async Task PrometheusFormat()
    {
        var without = await _runner.RunAsync("--metrics");
        await _runner.ActAsync(AgentLines.EditScenario("a.txt"), "--agent", "claude-code");
        var with = await _runner.RunAsync("--metrics");

        Assert.All([without, with], static result =>
        {
            Assert.Equal(0, result.ExitCode);
            Assert.All(result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), static line => Assert.Matches(MetricLine(), line));
            Assert.All(
                ["cicd_ai_duration_seconds", "cicd_ai_token_usage_total", "cicd_ai_cache_hits_total", "cicd_ai_risk_score", "cicd_ai_memory_alloc_bytes", "cicd_ai_goroutines_count", "cicd_ai_cpu_percent"],
                name => Assert.Contains($"# TYPE {name} ", result.Output, StringComparison.Ordinal));
        });
        Assert.Contains("cicd_ai_token_usage_total{", with.Output, StringComparison.Ordinal);
    }

    [GeneratedRegex("""^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z_]+="([^"\\]|\\.)*"(,[a-z_]+="([^"\\]|\\.)*")*\})? [-+0-9.eE]+)$""", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex MetricLine();
}
