using Signalbox.Testing.Processes;
using Xunit;

namespace Signalbox.Server.Tests.Query.Shell;

/// <summary>The program's <c>query</c> command, run as a shell runs it.</summary>
public sealed class QueryCommandLineTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PrintsAnInstantAsFieldsForOtherPrograms()
    {
        var result = await RunAsync("query", "--time", "600", "requests_total{instance=\"host-1\"}");

        Assert.Equal((0, "requests_total{instance=\"host-1\", job=\"api\"}\t80\n", string.Empty), (result.ExitCode, result.Output, result.Error));
    }

    [Fact]
    public async Task PrintsARangeAsCsv()
    {
        var result = await RunAsync("query", "--start", "0", "--end", "60", "--step", "30s", "--output", "csv", "requests_total{instance=\"host-1\"}");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(
            "__name__,instance,job,time,value\nrequests_total,host-1,api,1970-01-01T00:00:00Z,0\nrequests_total,host-1,api,1970-01-01T00:00:30Z,4\nrequests_total,host-1,api,1970-01-01T00:01:00Z,8\n",
            result.Output);
    }

    [Fact]
    public async Task PrintsTheServersJson()
    {
        var result = await RunAsync("query", "--time", "600", "--output", "json", "1 + 1");

        Assert.Equal("{\"resultType\":\"scalar\",\"result\":[600,\"2\"]}\n", result.Output);
    }

    [Fact]
    public async Task PointsAtAMistakeAndExitsWithTwo()
    {
        var result = await RunAsync("query", "sum(rate(up))");

        Assert.Equal((2, string.Empty), (result.ExitCode, result.Output));
        Assert.Equal("sum(rate(up))\n         ^\nparse error: expected type range vector in call to function \"rate\", got instant vector\n", result.Error);
    }

    [Theory]
    [InlineData("--time asks for one instant", "query", "--time", "1", "--range", "1h", "up")]
    [InlineData("say the same thing", "query", "--start", "1", "--range", "1h", "up")]
    [InlineData("A range needs --start or --range", "query", "--step", "1s", "up")]
    [InlineData("--time: 'noon' is not a time", "query", "--time", "noon", "up")]
    public async Task SaysWhatIsWrongWithTheOptions(string expected, params string[] arguments)
    {
        var result = await RunAsync(arguments);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SaysThatTheTokenIsRefused()
    {
        await using var server = await QueryServer.StartAsync(Cancelled);
        var result = await ChildProcess.RunAsync(Program, ["query", "up", "--server", new Uri(server.Address, "/").ToString(), "--token", "wrong"], Cancelled);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("The server answered 401", result.Error, StringComparison.Ordinal);
    }

    private static string Program => Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "signalbox.exe" : "signalbox");

    private static async Task<ProcessResult> RunAsync(params string[] arguments)
    {
        await using var server = await QueryServer.StartAsync(Cancelled);
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["SIGNALBOX_SERVER"] = new Uri(server.Address, "/").ToString(),
            ["SIGNALBOX_TOKEN"] = await server.TokenAsync(QueryServer.Ours),
        };
        return await ChildProcess.RunAsync(Program, arguments, Cancelled, environment: environment);
    }
}
