using System.Text.Json;
using Signalbox.EndToEnd.Tests.Program;
using Signalbox.Testing.Processes;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.EndToEnd.Tests.Clients;

public sealed class ShellTests(SharedServer shared)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AsksFromTheShellWithTheTokenOfTheDataFolder()
    {
        var server = await shared.GetAsync(Cancelled);
        using var calls = new MetricCalls(server.Address, server.AdminToken);
        await calls.WaitForAsync("node_load1", Cancelled);

        var table = await RunAsync(server, "query", "node_load1");
        var json = await RunAsync(server, "query", "--output", "json", "--range", "5m", "--step", "30s", "sum(node_load1)");

        Assert.Contains("node_load1", table.Output, StringComparison.Ordinal);
        using var answer = JsonDocument.Parse(json.Output);
        Assert.Equal(0, table.ExitCode);
        Assert.Equal(0, json.ExitCode);
    }

    [Fact]
    public async Task PointsAtTheFaultOfAnExpression()
    {
        var server = await shared.GetAsync(Cancelled);

        var result = await RunAsync(server, "query", "sum(node_load1");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("parse error", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreatesATokenUsesItAndRevokesIt()
    {
        var server = await shared.GetAsync(Cancelled);

        var created = await RunAsync(server, "token", "create", "from-the-shell", "--role", "viewer", "--output", "json");
        Assert.True(created.ExitCode == 0, created.Error);
        using var answer = JsonDocument.Parse(created.Output);
        var secret = answer.RootElement.GetProperty("secret").GetString()!;
        var id = answer.RootElement.GetProperty("token").GetProperty("id").GetString()!;

        var listed = await RunAsync(server, "token", "list");
        Assert.Contains("from-the-shell", listed.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, listed.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync(server, "query", "--token", secret, "vector(1)")).ExitCode);

        Assert.Equal(0, (await RunAsync(server, "token", "revoke", id)).ExitCode);
        var refused = await RunAsync(server, "query", "--token", secret, "vector(1)");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("401", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SaysWhatToDoWhenNoServerIsThere()
    {
        var result = await ChildProcess.RunAsync(
            SignalboxProcess.RequireProgram(), ["query", "--server", $"http://127.0.0.1:{LoopbackPort.Free()}", "--token", "x", "up"], Cancelled);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Is it running?", result.Error, StringComparison.Ordinal);
    }

    private static Task<ProcessResult> RunAsync(SignalboxProcess server, params string[] arguments) => ChildProcess.RunAsync(
        SignalboxProcess.RequireProgram(),
        arguments,
        Cancelled,
        environment: new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["SIGNALBOX_SERVER"] = server.Address.ToString(),
            ["SIGNALBOX_DATA"] = server.DataFolder,
        });
}
