using Signalbox.Runner.Facts;
using Signalbox.Runner.Tests.Policies;
using Xunit;

namespace Signalbox.Runner.Tests.App;

/// <summary>A run whose calls a policy server decides on.</summary>
public sealed class PolicyServerRunTests : IDisposable
{
    private readonly RunnerProgram _runner = new();

    public void Dispose() => _runner.Dispose();

    [Fact]
    public async Task TheRecordNamesPolicyDecisionAndBundleOfTheServer()
    {
        await using var server = await OpaShapedServer.StartAsync(
            static _ => """{"decision_id":"4ca636c1","provenance":{"version":"1.4.2","bundles":{"main":{"revision":"r42"}}},"result":{"allow":true,"policy_id":"agents/edit","reasons":["Everybody may edit."]}}""",
            TestContext.Current.CancellationToken);

        var result = await _runner.ActAsync(AgentLines.EditScenario("a.txt"), "--agent", "claude-code", "--set", $"policy.opa.url={server.Url}", "--set", "policy.opa.timeout=60s");

        Assert.True(result.ExitCode == 0, result.Error);
        var record = Assert.Single(RunnerProgram.Lines(await File.ReadAllTextAsync(_runner.Run.File(RunFiles.Audit), TestContext.Current.CancellationToken)), static record => record.GetProperty("attributed").GetBoolean());
        Assert.Equal(("agents/edit", "4ca636c1", "succeeded"), (record.GetProperty("policy_id").GetString(), record.GetProperty("decision_id").GetString(), record.GetProperty("outcome").GetString()));
        Assert.Equal(["main=r42"], record.GetProperty("bundles").EnumerateArray().Select(static bundle => bundle.GetString()!));
        Assert.Equal(0, (await _runner.RunAsync("replay", _runner.Run.Path)).ExitCode);
    }

    [Fact]
    public async Task ADecisionThatTakesTooLongIsWarnedOf()
    {
        await using var server = await OpaShapedServer.StartAsync(static _ => null, TestContext.Current.CancellationToken);

        await _runner.ActAsync(AgentLines.EditScenario("a.txt"), "--agent", "claude-code", "--log-level", "debug", "--set", $"policy.opa.url={server.Url}", "--set", "policy.opa.timeout=2s");

        var warning = Assert.Single(_runner.Report.Warnings, static warning => warning.Code == "performance_warning" && warning.Message.StartsWith("policy.decide took ", StringComparison.Ordinal));
        Assert.EndsWith("its threshold is 1 s.", warning.Message, StringComparison.Ordinal);
        var steps = _runner.Log.Where(static line => line.TryGetProperty("operation", out _)).ToDictionary(static line => line.GetProperty("operation").GetString()!, StringComparer.Ordinal);
        Assert.Superset(new HashSet<string>(StringComparer.Ordinal) { "worktree.before", "worktree.compare", "policy.decide", "report.make", "metrics.publish" }, steps.Keys.ToHashSet(StringComparer.Ordinal));
        Assert.True(steps["policy.decide"].GetProperty("duration_seconds").GetDouble() > 1);
        Assert.Equal("success", steps["report.make"].GetProperty("outcome").GetString());
        Assert.Contains(_runner.Log, static line => line.TryGetProperty("memory_rss", out var resident) && resident.GetInt64() > 0);
        Assert.Equal(0, (await _runner.RunAsync("replay", _runner.Run.Path)).ExitCode);
    }
}
