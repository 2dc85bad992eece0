namespace Signalbox.Server.Tests.Platform.Leases;

/// <summary>Leases in a real etcd.</summary>
public sealed class EtcdLeaseTests : LeaseConformance
{
    private protected override Task<ILeaseHouse> OpenHouseAsync(CancellationToken cancellationToken) => EtcdLeaseHouse.StartAsync(cancellationToken);
}
