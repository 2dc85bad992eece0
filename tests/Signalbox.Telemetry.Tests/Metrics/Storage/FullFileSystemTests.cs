using Signalbox.PromQL.Model;
using Signalbox.Telemetry.Metrics;
using Signalbox.Telemetry.Metrics.Storage;
using Signalbox.Testing.Files;
using Signalbox.Testing.Processes;
using Xunit;

namespace Signalbox.Telemetry.Tests.Metrics.Storage;

/// <summary>A file system that really is full.</summary>
public sealed class FullFileSystemTests
{
    [Fact]
    public async Task LosesNothingWhenTheDiskFillsUpAndGoesOnWhenThereIsRoom()
    {
        using var folder = new TemporaryFolder();
        var mounted = await RunAsync("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder.Path);
        if (mounted != 0)
        {
            Assert.Skip("Mounting a small file system needs root.");
        }

        try
        {
            await FillAsync(folder.Path);
        }
        finally
        {
            await RunAsync("umount", folder.Path);
        }
    }

    private static async Task FillAsync(string folder)
    {
        using var meters = new TestMeters();
        var options = new EmbeddedMetricStoreOptions { Folder = Path.Combine(folder, "store"), MinFreeBytes = 0, MaintenanceInterval = Timeout.InfiniteTimeSpan };
        var clock = new Signalbox.Testing.Clock.FakeClock();
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var store = await EmbeddedMetricStore.OpenAsync(options, clock, meters, null, CancellationToken.None);
        var filler = Path.Combine(folder, "filler");
        await File.WriteAllBytesAsync(filler, new byte[1 << 20], CancellationToken.None);
        var acknowledged = new List<long>();
        MetricStoreUnavailableException? refused = null;
        for (var step = 0; step < 5000 && refused is null; step++)
        {
            try
            {
                await store.AppendAsync(TenantId.Default, Labels.From(("__name__", "fill"), ("pad", new string('x', 2000)), ("n", $"{step}")), (now + step, step));
                acknowledged.Add(step);
            }
            catch (MetricStoreUnavailableException exception)
            {
                refused = exception;
            }
        }

        Assert.NotNull(refused);
        Assert.Contains(options.Folder, refused.Message, StringComparison.Ordinal);
        File.Delete(filler);
        var outcome = await store.AppendAsync(TenantId.Default, Labels.From(("__name__", "fill"), ("n", "after")), (now, 77));
        Assert.Equal(1, outcome.Accepted);
        await store.DisposeAsync();

        store = await EmbeddedMetricStore.OpenAsync(options, clock, meters, null, CancellationToken.None);
        Assert.Empty(store.Recovery.Damage);
        Assert.Equal(acknowledged.Count + 1, store.Recovery.Samples);
        await store.DisposeAsync();
    }

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        try
        {
            return (await ChildProcess.RunAsync(program, arguments, TestContext.Current.CancellationToken)).ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return -1;
        }
    }
}
