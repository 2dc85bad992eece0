using System.Globalization;
using System.Net.Http.Headers;
using Signalbox.EndToEnd.Tests.Program;
using Signalbox.Testing.Processes;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.EndToEnd.Tests.Clients;

public sealed class PromtoolTests(SharedServer shared)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AsksInstantRangeSeriesAndLabels()
    {
        DebianPackage.Promtool.Require();
        var server = await shared.GetAsync(Cancelled);
        using var calls = new MetricCalls(server.Address, server.AdminToken);
        await calls.WaitForAsync("node_load1", Cancelled);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

        Assert.Contains("node_load1{", await RunAsync(server, "instant", "node_load1"), StringComparison.Ordinal);
        Assert.Contains(
            "{} =>",
            await RunAsync(server, "range", "--start", Text(now - 60), "--end", Text(now + 1), "--step", "1s", "sum(node_load1)"),
            StringComparison.Ordinal);
        Assert.Contains("__name__=\"node_load1\"", await RunAsync(server, "series", "--match", "node_load1"), StringComparison.Ordinal);
        Assert.Contains("node\n", await RunAsync(server, "labels", "job"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FindsNoFaultWithTheNamesOfOurOwnMetrics()
    {
        var promtool = DebianPackage.Promtool.Require();
        var server = await shared.GetAsync(Cancelled);
        using var client = new HttpClient { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.AdminToken);
        var exposition = await client.GetStringAsync("/metrics", Cancelled);

        var result = await ChildProcess.RunAsync(promtool, ["check", "metrics"], Cancelled, exposition);

        // The runtime's own instruments, dotnet.assembly.count for one, are named by .NET, and keep the names that OpenTelemetry gives them.
        var faults = result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(static line => !line.StartsWith("dotnet_", StringComparison.Ordinal));
        Assert.Empty(faults);
    }

    private static async Task<string> RunAsync(SignalboxProcess server, string command, params string[] arguments)
    {
        // promtool takes the address before the expression, and flags before both.
        var address = $"http://token:{server.AdminToken}@{server.Address.Authority}/prometheus";
        string[] flags = [.. arguments[..^1]];
        string[] all = command == "series" ? ["query", command, .. arguments, address] : ["query", command, .. flags, address, arguments[^1]];
        var result = await ChildProcess.RunAsync("promtool", all, Cancelled);
        Assert.True(result.ExitCode == 0, $"promtool {string.Join(' ', all)} ends with {result.ExitCode}: {result.Error}{result.Output}");
        return result.Output;
    }

    private static string Text(long seconds) => seconds.ToString(CultureInfo.InvariantCulture);
}
