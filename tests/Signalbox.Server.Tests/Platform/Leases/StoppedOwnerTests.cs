using Signalbox.Server.Platform.Leases;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Files;
using Signalbox.Testing.Processes;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.Server.Tests.Platform.Leases;

/// <summary>A real process that holds a lease is stopped for longer than the lease lasts, and goes on afterwards.</summary>
public sealed class StoppedOwnerTests : IAsyncDisposable
{
    private const int Stop = 19;
    private const int Continue = 18;
    private static readonly LeaseName Name = LeaseName.Of("stopped");

    private readonly TemporaryFolder _folder = new();
    private readonly List<IAsyncDisposable> _parts = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        foreach (var part in Enumerable.Reverse(_parts))
        {
            await part.DisposeAsync();
        }

        _folder.Dispose();
    }

    [Theory]
    [InlineData("database")]
    [InlineData("redis")]
    [InlineData("etcd")]
    public async Task ItLearnsOfTheLossAndItsLateWritesChangeNothing(string provider)
    {
        var server = Keep(await PostgreSqlProcess.StartAsync(Cancel));
        await server.ExecuteAsync("CREATE TABLE guarded (n BIGINT NOT NULL, token BIGINT NOT NULL); INSERT INTO guarded VALUES (0, 0)", Cancel);
        var (house, address) = await OpenAsync(provider, server);
        await using var parts = await LeaseParts.OpenAsync(house, TimeProvider.System, Cancel);
        await using var owner = ChildProcess.Start(
            "dotnet", [RepositoryRoot.File("artifacts", "bin", "Signalbox.Testing.LeaseHolder", Configuration, "Signalbox.Testing.LeaseHolder.dll"), _folder.File("owner"), server.UrlOf("postgres"), address, Name.ToString()]);
        var held = long.Parse((await owner.WaitForLineAsync("held ", Cancel)).Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        await Eventually.HoldsAsync("it worked", async () => (await GuardedAsync(house)).N > 3, Cancel);

        owner.Signal(Stop);
        await using var next = await Eventually.GetsAsync("the lease passed on", async () => await TryAsync(parts), Cancel);
        Assert.True(next.Token > held);
        await house.Control.WriteAsync(session => new LeaseGuard(new LeaseClock(house.Control.Dialect, TimeProvider.System)).CheckAsync(session, next), Cancel);
        var before = await GuardedAsync(house);
        owner.Signal(Continue);

        Assert.Equal(0, await owner.WaitForExitAsync(Cancel));
        Assert.Equal(before, await GuardedAsync(house));
        Assert.Equal(held, before.Token);
        Assert.Matches("\n(lost|refused)$", owner.Output);
        next.ThrowIfLost();
        Assert.Null(await parts.Provider.TryAcquireAsync(Name, LeaseTime.Default, Cancel));
    }

    private static string Configuration => Path.GetFileName(Path.GetDirectoryName(typeof(StoppedOwnerTests).Assembly.Location)!);

    private static Task<Guarded> GuardedAsync(ILeaseHouse house) => house.Control.ReadAsync(async static session => (await session.FindAsync<Guarded>("SELECT n, token FROM guarded"))!, Cancel);

    private static async Task<ILease?> TryAsync(LeaseParts parts)
    {
        try
        {
            return await parts.Provider.TryAcquireAsync(Name, LeaseTime.Default, Cancel);
        }
        catch (LeaseUnavailableException)
        {
            // The stopped process is in the middle of a transaction; the database ends that in its time.
            return null;
        }
    }

    private async Task<(ILeaseHouse House, string Address)> OpenAsync(string provider, PostgreSqlProcess server)
    {
        var control = Keep(new SharedLeaseHouse(server.UrlOf("postgres"), server.CrashAsync, server.StartAgainAsync));
        switch (provider)
        {
            case "redis":
                var redis = Keep(await RedisProcess.StartAsync(Cancel));
                return (Keep(new RedisLeaseHouse(redis, new EpochControl(control.Control))), $"redis://127.0.0.1:{redis.Port}");
            case "etcd":
                var etcd = Keep(await EtcdProcess.StartAsync(Cancel));
                return (Keep(new EtcdLeaseHouse(etcd, new EpochControl(control.Control))), $"etcd://127.0.0.1:{etcd.Port}");
            default:
                return (control, "database");
        }
    }

    private T Keep<T>(T part)
        where T : IAsyncDisposable
    {
        _parts.Add(part);
        return part;
    }

    private sealed record Guarded
    {
        public long N { get; init; }

        public long Token { get; init; }
    }
}
