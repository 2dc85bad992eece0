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

        var result = await _runner.ActAsync(AgentLines.EditScenario("a.txt"), "--agent", "claude-code", "--set", $"policy.opa.url={server.Url}");

        Assert.True(result.ExitCode == 0, result.Error);
        var record = Assert.Single(RunnerProgram.Lines(await File.ReadAllTextAsync(_runner.Run.File(RunFiles.Audit), TestContext.Current.CancellationToken)), static record => record.GetProperty("attributed").GetBoolean());
        Assert.Equal(("agents/edit", "4ca636c1", "succeeded"), (record.GetProperty("policy_id").GetString(), record.GetProperty("decision_id").GetString(), record.GetProperty("outcome").GetString()));
        Assert.Equal(["main=r42"], record.GetProperty("bundles").EnumerateArray().Select(static bundle => bundle.GetString()!));
        Assert.Equal(0, (await _runner.RunAsync("replay", _runner.Run.Path)).ExitCode);
    }
}
