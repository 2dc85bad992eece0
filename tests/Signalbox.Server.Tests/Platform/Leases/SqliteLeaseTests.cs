namespace Signalbox.Server.Tests.Platform.Leases;

/// <summary>Leases in the embedded control database.</summary>
public sealed class SqliteLeaseTests : LeaseConformance
{
    private protected override Task<ILeaseHouse> OpenHouseAsync(CancellationToken cancellationToken) => Task.FromResult<ILeaseHouse>(new SqliteLeaseHouse());
}
