using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Signalbox.Server.Ingest.Storage;
using Signalbox.Server.Platform;
using Signalbox.Telemetry;
using Signalbox.Telemetry.Metrics;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Files;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Server.Tests.Ingest.Storage;

public sealed class MetricStoreServiceTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhatWasKeptIsThereAfterARestart()
    {
        using var folder = new TemporaryFolder();
        var setup = new TestServerSetup { DataFolder = folder.File("data") };
        long[] before;
        await using (var server = await TestServer.StartAsync(Cancel, setup))
        {
            before = (await server.WaitForAsync(TenantId.Default, "node_load1", Cancel)).Timestamps;
        }

        await using var again = await TestServer.StartAsync(Cancel, setup);

        var after = Assert.Single(await again.SeriesAsync(TenantId.Default, "node_load1", Cancel));
        Assert.Equal(before[0], after.Timestamps[0]);
    }

    [Fact]
    public async Task ALongLogIsReadOnWithTheServerAliveButNotReady()
    {
        var clock = new FakeClock();
        var opening = new TaskCompletionSource<IMetricStore>();
        var starting = TestServer.StartAsync(Cancel, new TestServerSetup
        {
            Clock = clock,
            Adjust = builder => builder.Services.AddSingleton<IMetricStoreFactory>(new SlowFactory(opening)),
            Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["host.enabled"] = "false", ["self.enabled"] = "false" },
        });
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!starting.IsCompleted)
        {
            // When the service sleeps is not seen from here, so the clock moves on until it woke.
            clock.Advance(TimeSpan.FromSeconds(5));
            await timer.WaitForNextTickAsync(Cancel);
        }

        await using var server = await starting;
        using var client = server.Client(server.AdminToken);
        using var healthy = await client.GetAsync("/-/healthy", Cancel);
        using var ready = await client.GetAsync("/-/ready", Cancel);
        using var limits = await client.GetAsync("/api/v1/limits", Cancel);
        Assert.Equal(HttpStatusCode.OK, healthy.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Contains("metric store", await ready.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, limits.StatusCode);

        opening.SetResult(new RecordingStore());
        while (server.Services.GetRequiredService<Readiness>().Missing is not null)
        {
            await timer.WaitForNextTickAsync(Cancel);
        }

        using var then = await client.GetAsync("/-/ready", Cancel);
        Assert.Equal(HttpStatusCode.OK, then.StatusCode);
    }

    [Fact]
    public async Task AStoreThatCannotBeOpenedKeepsTheServerFromStarting()
    {
        var opening = new TaskCompletionSource<IMetricStore>();
        opening.SetException(new IOException("No space left on device"));

        var exception = await Assert.ThrowsAsync<StartupException>(() => TestServer.StartAsync(Cancel, new TestServerSetup
        {
            Adjust = builder => builder.Services.AddSingleton<IMetricStoreFactory>(new SlowFactory(opening)),
        }));

        Assert.Contains("The metric store cannot be opened: No space left on device", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ADatabaseThatCannotBeOpenedKeepsTheServerFromStarting()
    {
        var opening = new TaskCompletionSource<IMetricStore>();
        opening.SetException(new Microsoft.Data.Sqlite.SqliteException("disk I/O error", 10));

        var exception = await Assert.ThrowsAsync<StartupException>(() => TestServer.StartAsync(Cancel, new TestServerSetup
        {
            Adjust = builder => builder.Services.AddSingleton<IMetricStoreFactory>(new SlowFactory(opening)),
        }));

        Assert.Contains("The metric store cannot be opened: disk I/O error", exception.Message, StringComparison.Ordinal);
    }

    private sealed class SlowFactory(TaskCompletionSource<IMetricStore> opening) : IMetricStoreFactory
    {
        public Task<IMetricStore> OpenAsync(CancellationToken cancellationToken) => opening.Task.WaitAsync(cancellationToken);
    }
}
