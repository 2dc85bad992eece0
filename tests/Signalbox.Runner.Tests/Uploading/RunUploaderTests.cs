using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Logging;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Uploading;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Runner.Tests.Uploading;

public sealed class RunUploaderTests : IDisposable
{
    private const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private const string Token = "sbx_not-for-the-log";

    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<string> _log = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task SendsTheReportAndTheFilesThatAreWanted()
    {
        var run = NewRun();
        File.WriteAllText(run.File("log.jsonl"), "0123456789 and what was written after the report");
        var server = new ScriptedServer(
            ScriptedServer.Json(HttpStatusCode.Created, """{"id":"x","revision":1,"files":[{"name":"log.jsonl","size":10,"received":4,"complete":false}]}"""),
            ScriptedServer.Json(HttpStatusCode.OK, """{"name":"log.jsonl","size":10,"received":10,"complete":true}"""));

        var result = Assert.Single(await Uploader(server).SendAsync(run, _folder.File("runs"), TimeSpan.FromMinutes(1), Cancel));

        Assert.Equal((UploadState.Sent, null), (result.State, result.Detail));
        Assert.Equal(["POST /base/api/v1/runs", $"PUT /base/api/v1/runs/{run.RunId}/files/log.jsonl"], server.Requests.Select(static request => request.Request));
        Assert.Equal(("bytes 4-9/10", "456789"), (server.Requests[1].Range, System.Text.Encoding.ASCII.GetString(server.Requests[1].Body)));
        Assert.All(server.Requests, static request => Assert.Equal($"Bearer {Token}", request.Authorization!.ToString()));
        Assert.Equal(("sent", 1), (UploadMark.Read(run)!.State, UploadMark.Read(run)!.Attempts));
        Assert.Equal([Trace, Trace], server.Traces);
    }

    [Theory]
    [InlineData("""{"schema":1,"ci":{"traceId":"x","spanId":"y"},"list":[{"traceId":"z"}],"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203331"}""", Trace)]
    [InlineData("""{"traceId":"0AF7651916CD43DD8448EB211C80319C","spanId":"b7ad6b7169203331"}""", null)]
    [InlineData("""{"traceId":"00000000000000000000000000000000","spanId":"b7ad6b7169203331"}""", null)]
    [InlineData("""{"traceId":7,"spanId":"b7ad6b7169203331"}""", null)]
    [InlineData("""{"traceId":"0af7651916cd43dd8448eb211c80319c\r\nX: y","spanId":"b7ad6b7169203331"}""", null)]
    [InlineData("""{"traceId":"\udc00","spanId":""", null)]
    [InlineData("[", null)]
    public void FindsTheTraceInAReport(string report, string? trace) => Assert.Equal(trace, ReportTrace.Of(System.Text.Encoding.UTF8.GetBytes(report)));

    [Fact]
    public async Task TriesAgainWhenTheServerOrTheNetworkFails()
    {
        var clock = new FakeClock();
        var server = new ScriptedServer(
            ScriptedServer.Unreachable,
            ScriptedServer.Json(HttpStatusCode.ServiceUnavailable, """{"detail":"Busy.","code":"control_busy"}""", retryAfter: "7"),
            ScriptedServer.Json(HttpStatusCode.OK, """{"id":"x","revision":1,"files":[]}"""));
        var sending = Uploader(server, clock).SendAsync(NewRun(), _folder.File("runs"), TimeSpan.FromMinutes(1), Cancel);

        await Eventually.HoldsAsync("the first pause", () => Task.FromResult(server.Requests.Count == 1 && clock.PendingTimers == 2), Cancel);
        clock.Advance(TimeSpan.FromMilliseconds(250));
        await Eventually.HoldsAsync("the second pause", () => Task.FromResult(server.Requests.Count == 2 && clock.PendingTimers == 2), Cancel);
        clock.Advance(TimeSpan.FromSeconds(7));

        Assert.Equal(UploadState.Sent, Assert.Single(await sending).State);
        Assert.Equal(3, server.Requests.Count);
        Assert.Contains("Sending is tried again in 7.0 s: Busy. (503, control_busy)", _log);
    }

    [Fact]
    public async Task WhatIsNotThereInTimeIsSentByTheNextRun()
    {
        var clock = new FakeClock();
        var first = NewRun();
        var sending = Uploader(new ScriptedServer(ScriptedServer.Unreachable), clock).SendAsync(first, _folder.File("runs"), TimeSpan.FromMilliseconds(100), Cancel);
        await Eventually.HoldsAsync("the pause", () => Task.FromResult(clock.PendingTimers == 2), Cancel);
        clock.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal(UploadState.Pending, Assert.Single(await sending).State);
        Assert.Equal("pending", UploadMark.Read(first)!.State);

        var second = NewRun();
        var server = new ScriptedServer(ScriptedServer.Json(HttpStatusCode.OK, """{"id":"x","revision":1,"files":[]}"""));
        var results = await Uploader(server).SendAsync(second, _folder.File("runs"), TimeSpan.FromMinutes(1), Cancel);

        Assert.Equal([second.RunId, first.RunId], results.Select(static result => result.RunId));
        Assert.All(results, static result => Assert.Equal(UploadState.Sent, result.State));
        Assert.Equal(("sent", 2), (UploadMark.Read(first)!.State, UploadMark.Read(first)!.Attempts));
        Assert.Empty(await Uploader(server).SendPendingAsync(_folder.File("runs"), null, Cancel));
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest, "invalid_member", "Refused")]
    [InlineData(HttpStatusCode.RequestEntityTooLarge, "run_quota_used", "Refused")]
    [InlineData(HttpStatusCode.Unauthorized, "token_expired", "Pending")]
    [InlineData(HttpStatusCode.Conflict, "run_revision_old", "Sent")]
    public async Task GivesUpInTheServersOwnWords(HttpStatusCode status, string code, string state)
    {
        var run = NewRun();
        var server = new ScriptedServer(ScriptedServer.Json(status, $$"""{"detail":"These are\nthe words.","code":"{{code}}"}"""));

        var result = await Uploader(server).SendAsync(run, Cancel);

        Assert.Equal(state, result.State.ToString());
        Assert.Single(server.Requests);
        if (state != "Sent")
        {
            Assert.Equal($"These are the words. ({(int)status}, {code})", result.Detail);
            Assert.Equal(result.Detail, UploadMark.Read(run)!.Detail);
        }
    }

    [Fact]
    public async Task GoesOnWhereTheServerSaysThatTheNextPartBegins()
    {
        var run = NewRun();
        File.WriteAllText(run.File("audit.jsonl"), "0123456789");
        var server = new ScriptedServer(
            ScriptedServer.Json(HttpStatusCode.OK, """{"id":"x","revision":1,"files":[{"name":"audit.jsonl","size":10,"received":8,"complete":false}]}"""),
            ScriptedServer.Json(HttpStatusCode.Conflict, """{"detail":"No.","code":"range_not_next","received":2}"""),
            ScriptedServer.Json(HttpStatusCode.OK, """{"name":"audit.jsonl","size":10,"received":10,"complete":true}"""));

        Assert.Equal(UploadState.Sent, (await Uploader(server).SendAsync(run, Cancel)).State);
        Assert.Equal(["bytes 8-9/10", "bytes 2-9/10"], server.Requests.Skip(1).Select(static request => request.Range!));
    }

    [Fact]
    public async Task AFileThatIsNotAsItsReportSaysDoesNotKeepTheOthers()
    {
        var run = NewRun();
        File.WriteAllText(run.File("log.jsonl"), "short");
        File.WriteAllText(run.File("summary.md"), "# Done");
        var server = new ScriptedServer(
            ScriptedServer.Json(HttpStatusCode.OK, """{"id":"x","revision":1,"files":[{"name":"log.jsonl","size":10,"received":0},{"name":"../run.json","size":1,"received":0},{"name":"summary.md","size":6,"received":0}]}"""),
            ScriptedServer.Json(HttpStatusCode.OK, """{"name":"summary.md","size":6,"received":6,"complete":true}"""));

        var result = await Uploader(server).SendAsync(run, Cancel);

        Assert.Equal(UploadState.Sent, result.State);
        Assert.Contains("log.jsonl is shorter than its report says.", result.Detail, StringComparison.Ordinal);
        Assert.Contains("which no server gets", result.Detail, StringComparison.Ordinal);
        Assert.EndsWith("/files/summary.md", server.Requests[^1].Request, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RunFiles.Stream, 4, 0)]
    [InlineData(RunFiles.Start, 2, 0)]
    [InlineData(RunFiles.HookSettings, 4, 0)]
    [InlineData(RunFiles.Log, 4, -1)]
    [InlineData(RunFiles.Log, -4, 0)]
    [InlineData(RunFiles.Log, 4, 5)]
    public async Task AServerGetsNothingElseThanWhatHasLostItsSecretsHoweverItAsks(string name, long size, long received)
    {
        var run = NewRun();
        File.WriteAllText(run.File(name), "{}  ");
        var server = new ScriptedServer(
            ScriptedServer.Json(HttpStatusCode.OK, FormattableString.Invariant($$"""{"id":"x","revision":1,"files":[{"name":"{{name}}","size":{{size}},"received":{{received}}}]}""")));

        var result = await Uploader(server).SendAsync(run, Cancel);

        Assert.Contains("which no server gets", result.Detail, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task WhatALinkLeadsToIsNotSent()
    {
        var run = NewRun();
        File.WriteAllText(_folder.File("elsewhere"), "secret");
        File.CreateSymbolicLink(run.File(RunFiles.Log), _folder.File("elsewhere"));
        var server = new ScriptedServer(
            ScriptedServer.Json(HttpStatusCode.OK, """{"id":"x","revision":1,"files":[{"name":"log.jsonl","size":6,"received":0}]}"""));

        Assert.Contains("shorter than its report says", (await Uploader(server).SendAsync(run, Cancel)).Detail, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task NothingIsSentThatCameWithARepository()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no modes.");
            return;
        }

        var (mine, theirs) = (NewRun(), NewRun());
        new UploadMark { Server = new Uri("http://127.0.0.1:7070/"), State = "pending", Attempts = 1 }.Write(theirs);
        File.SetUnixFileMode(theirs.Path, File.GetUnixFileMode(theirs.Path) | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        var server = new ScriptedServer(ScriptedServer.Json(HttpStatusCode.OK, """{"id":"x","revision":1,"files":[]}"""));

        Assert.Equal([mine.RunId], (await Uploader(server).SendAsync(mine, _folder.File("runs"), TimeSpan.FromMinutes(1), Cancel)).Select(static result => result.RunId));
        Assert.Single(await Uploader(server).SendPendingAsync(_folder.File("runs"), null, Cancel));
    }

    [Fact]
    public async Task TheTokenIsInNoLineAndUnprotectedWaysAreWarnedOf()
    {
        var options = new UploadOptions { Server = new Uri("http://signalbox.example/"), Token = new ServerToken(Token + "\nx", null) };
        var run = NewRun();

        var result = await new RunUploader(options, TimeProvider.System, new ListLogger(_log), new ScriptedServer(ScriptedServer.Unreachable)).SendAsync(run, Cancel);

        Assert.Equal(UploadState.Pending, result.State);
        Assert.Contains(_log, static line => line.Contains("signalbox.example unprotected", StringComparison.Ordinal));
        Assert.DoesNotContain(Token, string.Join('\n', _log) + result.Detail + options + File.ReadAllText(run.File(UploadMark.FileName)), StringComparison.Ordinal);
        Assert.False(new UploadOptions { Server = new Uri("http://127.0.0.1:7070/") }.IsUnprotected);
        Assert.False(new UploadOptions { Server = new Uri("https://signalbox.example/") }.IsUnprotected);
    }

    private RunUploader Uploader(ScriptedServer server, TimeProvider? clock = null) => new(
        new UploadOptions { Server = new Uri("http://127.0.0.1:7070/base/"), Token = new ServerToken(Token, null) }, clock ?? TimeProvider.System, new ListLogger(_log), server);

    private RunFolder NewRun()
    {
        var run = RunFolder.Create(_folder.File("runs"), new DateTimeOffset(2026, 7, 22, 10, 15, 0, TimeSpan.Zero));
        File.WriteAllText(run.File(RunFiles.Start), "{}");
        File.WriteAllText(run.File(RunFiles.Report), """{"schema":1,"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203331"}""");
        return run;
    }

    /// <summary>Keeps the lines that were logged.</summary>
    private sealed class ListLogger(ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => lines.Enqueue(formatter(state, exception));
    }
}
