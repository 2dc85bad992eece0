using System.Net;
using Signalbox.Telemetry.Metrics;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Processes;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.EndToEnd.Tests.Program;

public sealed class DiskFullTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RefusesWritesAndAnswersReadsWhileTheDiskIsFull()
    {
        SignalboxProcess.RequireProgram();
        await using var disk = await FullDisk.MountAsync(64, Cancelled);
        await using var server = await SignalboxProcess.StartAsync(Cancelled, disk.DataFolder, "--set", "metrics.min_free=1MiB");
        using var calls = new MetricCalls(server.Address, server.AdminToken);
        Assert.Equal(HttpStatusCode.NoContent, (await WriteAsync(calls, "before", 1)).Status);

        disk.Fill();
        var refused = await Eventually.GetsAsync("a write is refused", async () => await WriteAsync(calls, "meanwhile", 2) is { Status: not HttpStatusCode.NoContent } answer ? answer : null, Cancelled);

        // 5xx with Retry-After: a sender keeps its samples and comes again.
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.Status);
        Assert.True(refused.SaysWhen, "There is no Retry-After.");
        Assert.Contains(disk.DataFolder, refused.Text, StringComparison.Ordinal);
        Assert.Equal(1, await calls.WaitForAsync("before", Cancelled));

        disk.Free();
        await Eventually.HoldsAsync("a write is taken again", async () => (await WriteAsync(calls, "after", 3)).Status == HttpStatusCode.NoContent, Cancelled);
        Assert.Equal(3, await calls.WaitForAsync("after", Cancelled));
        Assert.False(server.Process.HasExited);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SaysSoWhenItIsToStartOnAFullDisk(bool ranBefore)
    {
        var program = SignalboxProcess.RequireProgram();
        await using var disk = await FullDisk.MountAsync(16, Cancelled);
        if (ranBefore)
        {
            await using var earlier = await SignalboxProcess.StartAsync(Cancelled, disk.DataFolder);
        }

        disk.Fill();

        var result = await ChildProcess.RunAsync(program, ["serve", "--data", disk.DataFolder, "--urls", "http://127.0.0.1:0", "--otlp-http", "off", "--otlp-grpc", "off"], Cancelled);

        Assert.True(result.ExitCode == 1, $"It ends with {result.ExitCode}: {result.Error}");
        Assert.Equal($"The disk that holds the data folder {disk.DataFolder} is full. Free some space, or choose another folder with --data.", result.Error.Trim());
    }

    private static async Task<Answer> WriteAsync(MetricCalls calls, string name, double value)
    {
        using var batch = new MetricBatch();
        batch.BeginSeries();
        batch.AddLabel("__name__", name);
        batch.EndLabels();
        batch.AddSample(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(), value);
        using var response = await calls.WriteAsync(batch, Cancelled);
        return new Answer(response.StatusCode, response.Headers.RetryAfter is not null, await response.Content.ReadAsStringAsync(Cancelled));
    }

    private sealed record Answer(HttpStatusCode Status, bool SaysWhen, string Text);
}
