using Signalbox.Testing.Processes;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.Server.Tests.Query;

/// <summary>Debian's promtool as a client.</summary>
public sealed class PromtoolTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AsksAnInstant() => Assert.Equal(
        "requests_total{instance=\"host-1\", job=\"api\"} => 80 @[600]\n",
        await RunAsync("query", "instant", "--time=600", "SERVER", "requests_total{instance=\"host-1\"}"));

    [Fact]
    public async Task AsksAScalar() => Assert.Equal("scalar: 2 @[600]\n", await RunAsync("query", "instant", "--time=600", "SERVER", "1 + 1"));

    [Fact]
    public async Task AsksARange() => Assert.Equal(
        "requests_total{instance=\"host-1\", job=\"api\"} =>\n0 @[0]\n4 @[30]\n8 @[60]\n",
        await RunAsync("query", "range", "--start=0", "--end=60", "--step=30s", "SERVER", "requests_total{instance=\"host-1\"}"));

    [Fact]
    public async Task ListsSeries() => Assert.Equal(
        "{__name__=\"requests_total\", instance=\"host-1\", job=\"api\"}\n",
        await RunAsync("query", "series", "--match=requests_total{instance=\"host-1\"}", "--start=0", "--end=600", "SERVER"));

    [Fact]
    public async Task ListsValuesOfALabel() => Assert.Equal("host-0\nhost-1\nhost-2\n", await RunAsync("query", "labels", "--start=0", "--end=600", "SERVER", "instance"));

    [Fact]
    public async Task ReportsAMistakeAsTheServerWordsIt()
    {
        await using var server = await QueryServer.StartAsync(Cancelled);
        var result = await ChildProcess.RunAsync(DebianPackage.Promtool.Require(), ["query", "instant", await AddressAsync(server), "rate(up)"], Cancelled);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("bad_data: invalid parameter \"query\": 1:6: parse error: expected type range vector", result.Error, StringComparison.Ordinal);
    }

    private static async Task<string> RunAsync(params string[] arguments)
    {
        var promtool = DebianPackage.Promtool.Require();
        await using var server = await QueryServer.StartAsync(Cancelled);
        var address = await AddressAsync(server);
        var result = await ChildProcess.RunAsync(promtool, arguments.Select(argument => argument == "SERVER" ? address : argument), Cancelled);
        Assert.True(result.ExitCode == 0, result.Error);
        return result.Output;
    }

    /// <summary>This release knows only Basic, so the token goes where the password stands.</summary>
    private static async Task<string> AddressAsync(QueryServer server) =>
        new UriBuilder(server.Address) { UserName = "promtool", Password = await server.TokenAsync(QueryServer.Ours) }.Uri.AbsoluteUri.TrimEnd('/');
}
