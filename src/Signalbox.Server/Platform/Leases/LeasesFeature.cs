using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Leases.Database;
using Signalbox.Server.Platform.Leases.Etcd;
using Signalbox.Server.Platform.Leases.Redis;

namespace Signalbox.Server.Platform.Leases;

/// <summary>Registers leases for every slice's use.</summary>
internal static class LeasesFeature
{
    public static void AddLeases(this IServiceCollection services, LeaseOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<IMigrationSource, LeaseMigrations>();
        services.AddSingleton<LeaseMetrics>();
        services.AddSingleton<LeaseEpochs>();
        services.AddSingleton(static provider => new LeaseClock(provider.GetRequiredService<ControlDatabase>().Dialect, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<LeaseGuard>();
        services.AddSingleton<LeaseCalls>();
        AddStore(services, options.Provider.Kind);
        services.AddSingleton<LeaseProvider>();
        services.AddSingleton<ILeaseProvider>(static provider => provider.GetRequiredService<LeaseProvider>());
        services.AddHostedService<LeaseOpening>();
        services.AddHostedService<LeaseCleaner>();
    }

    private static void AddStore(IServiceCollection services, LeaseKind kind)
    {
        services.AddSingleton<EpochGate>();
        switch (kind)
        {
            case LeaseKind.Redis:
                services.AddSingleton<RedisConnection>();
                services.AddSingleton<ILeaseStore, RedisLeaseStore>();
                break;
            case LeaseKind.Etcd:
                services.AddSingleton<EtcdClient>();
                services.AddSingleton<ILeaseStore, EtcdLeaseStore>();
                break;
            default:
                services.AddSingleton<ILeaseStore, DatabaseLeaseStore>();
                break;
        }
    }

    /// <summary>Starts the store before the slices that come after it do.</summary>
    private sealed class LeaseOpening(LeaseProvider provider) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => provider.StartAsync(cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
