using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Uploading;
using Signalbox.Server.Tests.Identity;
using Signalbox.Server.Tests.Runs.Api;
using Signalbox.Testing.Files;
using Signalbox.Testing.Runs;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Server.Tests.Runs.Uploading;

/// <summary>The real uploader and the real server.</summary>
public sealed class RunUploaderTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private TestServer? _server;
    private HttpClient? _client;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync(Cancel);
        _client = _server.Client(_server.AdminToken);
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task ARunArrivesWithItsFilesAndTwiceIsOnce()
    {
        var run = NewRun(revision: 1, ("timeline.jsonl", RunReports.Timeline(300, static _ => "text")), ("summary.md", Encoding.UTF8.GetBytes("# Done\n")), ("log.jsonl", []));
        File.AppendAllText(run.File("log.jsonl"), "written after the report\n");

        Assert.Equal((UploadState.Sent, null), await SendAsync(run));
        Assert.Equal((UploadState.Sent, null), await SendAsync(run));

        Assert.Equal("# Done\n", await _client!.GetStringAsync(new Uri($"{RunsApi.Root}/{run.RunId}/files/summary.md", UriKind.Relative), Cancel));
        Assert.Single((await _client!.JsonAsync(HttpMethod.Get, RunsApi.Root))["items"]!.AsArray());
        Assert.All((await FilesAsync(run)), static file => Assert.True((bool)file!["complete"]!));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(4, true)]
    public async Task ARunThatIsCutOffGoesOnFromThere(int arrive, bool loseAnswer)
    {
        var large = RandomNumberGenerator.GetBytes(10 * 1024 * 1024);
        var run = NewRun(revision: 1, ("samples.jsonl", large), ("summary.md", Encoding.UTF8.GetBytes("# Done\n")));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        using var network = new CuttingHandler(arrive, loseAnswer, stop);
        Assert.Equal(UploadState.Pending, (await Uploader(network).SendAsync(run, stop.Token)).State);
        Assert.Equal("pending", UploadMark.Read(run)!.State);

        using var better = new CuttingHandler(100, loseAnswer: false, stop);
        var result = Assert.Single(await Uploader(better).SendPendingAsync(_folder.File("runs"), null, Cancel));

        Assert.Equal((UploadState.Sent, null), (result.State, result.Detail));
        Assert.Equal(large, await _client!.GetByteArrayAsync(new Uri($"{RunsApi.Root}/{run.RunId}/files/samples.jsonl", UriKind.Relative), Cancel));

        // A report, three parts of the large file and the small one make five; what had arrived was not sent again.
        Assert.InRange(better.Requests, 1, Math.Max(2, 6 - Math.Max(0, arrive - 1)));
    }

    [Fact]
    public async Task ALaterRevisionSendsWhatHasChanged()
    {
        var run = NewRun(revision: 1, ("audit.jsonl", Encoding.UTF8.GetBytes("{}\n")), ("log.jsonl", Encoding.UTF8.GetBytes("one\n")));
        await SendAsync(run);
        WriteReport(run, revision: 2, ("audit.jsonl", Encoding.UTF8.GetBytes("{}\n")), ("log.jsonl", Encoding.UTF8.GetBytes("one\ntwo\n")));
        using var network = new CuttingHandler(100, loseAnswer: false, new CancellationTokenSource());

        Assert.Equal(UploadState.Sent, (await Uploader(network).SendAsync(run, Cancel)).State);

        Assert.Equal(2, network.Requests);
        Assert.Equal(2, (int)(await _client!.JsonAsync(HttpMethod.Get, $"{RunsApi.Root}/{run.RunId}"))["revision"]!);
        Assert.Equal("one\ntwo\n", await _client!.GetStringAsync(new Uri($"{RunsApi.Root}/{run.RunId}/files/log.jsonl", UriKind.Relative), Cancel));
    }

    private async Task<(UploadState State, string? Detail)> SendAsync(RunFolder run) => await Uploader(null).SendAsync(run, Cancel) is var result ? (result.State, result.Detail) : default;

    private async Task<JsonArray> FilesAsync(RunFolder run) => (await _client!.JsonAsync(HttpMethod.Get, $"{RunsApi.Root}/{run.RunId}/files"))["items"]!.AsArray();

    private RunUploader Uploader(HttpMessageHandler? network) =>
        new(new UploadOptions { Server = _server!.Address, Token = new ServerToken(_server.AdminToken, null) }, TimeProvider.System, NullLogger.Instance, network);

    private RunFolder NewRun(int revision, params (string Name, byte[] Content)[] files)
    {
        var run = RunFolder.Create(_folder.File("runs"), TimeProvider.System.GetUtcNow());
        File.WriteAllText(run.File(RunFiles.Start), "{}");
        WriteReport(run, revision, files);
        return run;
    }

    private static void WriteReport(RunFolder run, int revision, params (string Name, byte[] Content)[] files)
    {
        var report = RunReports.Small(1, TimeProvider.System.GetUtcNow());
        report["id"] = run.RunId;
        report["revision"] = revision;
        foreach (var (name, content) in files)
        {
            report.WithFile(name, content);
            File.WriteAllBytes(run.File(name), content);
        }

        File.WriteAllText(run.File(RunFiles.Report), report.ToJsonString());
    }
}
