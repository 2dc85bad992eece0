using System.Net;
using Signalbox.Server.Tests.Identity;
using Signalbox.Testing.Runs;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Server.Tests.Runs.Api;

public sealed class ReportTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task TakesAReportOnceAndShowsItAsItCame()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var client = server.Client(server.AdminToken);
        var timeline = RunReports.Timeline(5, static _ => "text");
        var report = RunReports.Small(1, Now).WithFile("timeline.jsonl", timeline);

        var receipt = await client.ReportAsync(report);
        Assert.Equal(("timeline.jsonl", 0L), ((string?)receipt["files"]![0]!["name"], (long)receipt["files"]![0]!["received"]!));
        var file = await client.PutFileAsync(RunReports.IdOf(1), "timeline.jsonl", timeline);
        Assert.True((bool)file["complete"]!);
        var again = await client.ReportAsync(report, HttpStatusCode.OK);
        Assert.Empty(again["files"]!.AsArray());

        var shown = await client.JsonAsync(HttpMethod.Get, $"{RunsApi.Root}/{RunReports.IdOf(1)}");
        Assert.Equal("completed", (string?)shown["outcome"]!["reason"]);
        var list = await client.JsonAsync(HttpMethod.Get, RunsApi.Root);
        Assert.Equal("make test", (string?)Assert.Single(list["items"]!.AsArray())!["command"]);
        var page = await client.JsonAsync(HttpMethod.Get, $"{RunsApi.Root}/{RunReports.IdOf(1)}/timeline?limit=2&after=1");
        Assert.Equal([2L, 3L], page["items"]!.AsArray().Select(static entry => (long)entry!["number"]!));
        Assert.Equal("3", (string?)page["next"]);
    }
}
