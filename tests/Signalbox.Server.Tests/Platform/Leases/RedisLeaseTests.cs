namespace Signalbox.Server.Tests.Platform.Leases;

/// <summary>Leases in a real Redis.</summary>
public sealed class RedisLeaseTests : LeaseConformance
{
    private protected override Task<ILeaseHouse> OpenHouseAsync(CancellationToken cancellationToken) => RedisLeaseHouse.StartAsync(cancellationToken);
}
