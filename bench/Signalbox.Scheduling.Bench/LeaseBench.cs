using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Signalbox.Server.Platform;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Leases;
using Signalbox.Server.Platform.Leases.Etcd;
using Signalbox.Server.Platform.Leases.Redis;
using Signalbox.Settings;
using Signalbox.Testing.Files;
using Signalbox.Testing.Services;

namespace Signalbox.Scheduling.Bench;

/// <summary>How long it takes to take and to give back a lease on each provider, started on loopback, beside that provider's plainest round trip.</summary>
internal static class LeaseBench
{
    public static async Task RunAsync(int leases, CancellationToken cancellationToken)
    {
        Console.WriteLine($"{leases} leases, one after another; milliseconds");
        Console.WriteLine($"{"provider",-22} {"round trip p50",15} {"p99",9} {"take p50",10} {"p99",9} {"give back p50",14} {"p99",9}");
        await MeasureAsync("database (SQLite)", "sqlite", "database", leases, cancellationToken);
        await using (var server = await PostgreSqlProcess.StartAsync(cancellationToken, durable: true))
        {
            await MeasureAsync("database (PostgreSQL)", server.UrlOf("postgres"), "database", leases, cancellationToken);
        }

        await using (var server = await MariaDbProcess.StartAsync(cancellationToken))
        {
            await server.ExecuteAsync("CREATE DATABASE leases", cancellationToken);
            await MeasureAsync("database (MariaDB)", server.UrlOf("leases"), "database", leases, cancellationToken);
        }

        await using (var server = await RedisProcess.StartAsync(cancellationToken))
        {
            await MeasureAsync("redis", "sqlite", $"redis://127.0.0.1:{server.Port}", leases, cancellationToken);
        }

        await using (var server = await EtcdProcess.StartAsync(cancellationToken))
        {
            await MeasureAsync("etcd", "sqlite", $"etcd://127.0.0.1:{server.Port}", leases, cancellationToken);
        }
    }

    private static async Task MeasureAsync(string name, string storage, string locks, int leases, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await using var services = Open(folder.File("data"), storage, locks);
        await services.GetRequiredService<LeaseProvider>().StartAsync(cancellationToken);
        var provider = services.GetRequiredService<ILeaseProvider>();
        var trip = RoundTrip(services, cancellationToken);
        var clock = TimeProvider.System;
        var (trips, takes, releases) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = -leases / 10; round < leases; round++)
        {
            var start = clock.GetTimestamp();
            await trip();
            var asked = clock.GetTimestamp();
            var lease = await provider.TryAcquireAsync(LeaseName.Of(string.Create(CultureInfo.InvariantCulture, $"bench/{round % 10}")), LeaseTime.Default, cancellationToken);
            var taken = clock.GetTimestamp();
            await lease!.DisposeAsync();
            if (round >= 0)
            {
                trips.Add(clock.GetElapsedTime(start, asked).TotalMilliseconds);
                takes.Add(clock.GetElapsedTime(asked, taken).TotalMilliseconds);
                releases.Add(clock.GetElapsedTime(taken).TotalMilliseconds);
            }
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-22} {At(trips, 0.5),15:0.000} {At(trips, 0.99),9:0.000} {At(takes, 0.5),10:0.000} {At(takes, 0.99),9:0.000} {At(releases, 0.5),14:0.000} {At(releases, 0.99),9:0.000}"));
    }

    private static ServiceProvider Open(string data, string storage, string locks)
    {
        var settings = new SettingsReader(new SettingsSources(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["storage.control"] = storage, ["locks.provider"] = locks },
            new Dictionary<string, string>(StringComparer.Ordinal),
            null));
        var services = new ServiceCollection();
        services.AddMetrics();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(DataFolder.Open(data));
        services.AddControl(ControlOptions.Read(settings));
        services.AddLeases(LeaseOptions.Read(settings));
        settings.Finish();
        return services.BuildServiceProvider();
    }

    /// <summary>The least that can be asked of the provider over the same connection.</summary>
    private static Func<Task> RoundTrip(ServiceProvider services, CancellationToken cancellationToken)
    {
        if (services.GetService<RedisConnection>() is { } redis)
        {
            return () => redis.Database.PingAsync();
        }

        if (services.GetService<EtcdClient>() is { } etcd)
        {
            return () => etcd.AskAsync("kv/range", new EtcdRange([1]), EtcdJson.Default.EtcdRange, EtcdJson.Default.EtcdRangeAnswer, cancellationToken);
        }

        var control = services.GetRequiredService<ControlDatabase>();
        return () => control.RunAsync(static session => session.ValueAsync<long>("SELECT 1"), cancellationToken);
    }

    private static double At(List<double> values, double share)
    {
        values.Sort();
        return values[Math.Min(values.Count - 1, (int)(values.Count * share))];
    }
}
