using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Signalbox.Server.Platform.Leases;

namespace Signalbox.Server.Tests.Platform.Leases;

/// <summary>The parts of leases that one process has, for a test that plays several processes.</summary>
internal sealed class LeaseParts : IAsyncDisposable
{
    public static readonly LeaseOptions Options = new(LeaseAddress.Database, "test", TimeSpan.FromSeconds(20), Held: 100, Waiting: 100, Retention: TimeSpan.FromDays(90));

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public LeaseParts(ILeaseStore store, TimeProvider clock, LeaseOptions? options = null)
    {
        Store = store;
        Metrics = ActivatorUtilities.CreateInstance<LeaseMetrics>(_services);
        Counts = new LeaseCounts(_services);
        Provider = new LeaseProvider(new LeaseCalls(store, options ?? Options, Metrics, NullLogger<LeaseProvider>.Instance, clock), options ?? Options);
    }

    public ILeaseStore Store { get; }

    public LeaseProvider Provider { get; }

    public LeaseMetrics Metrics { get; }

    public LeaseCounts Counts { get; }

    public static async Task<LeaseParts> OpenAsync(ILeaseHouse house, TimeProvider clock, CancellationToken cancellationToken)
    {
        var parts = new LeaseParts(house.OpenStore(clock), clock);
        await parts.Store.StartAsync(cancellationToken);
        return parts;
    }

    public async ValueTask DisposeAsync()
    {
        await Provider.DisposeAsync();
        await Store.DisposeAsync();
        Counts.Dispose();
        await _services.DisposeAsync();
    }
}
