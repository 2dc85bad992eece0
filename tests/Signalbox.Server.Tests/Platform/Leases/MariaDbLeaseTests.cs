using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.Server.Tests.Platform.Leases;

/// <summary>Leases in a control database on MariaDB.</summary>
public sealed class MariaDbLeaseTests(MariaDbLeaseTests.Fixture fixture) : LeaseConformance, IClassFixture<MariaDbLeaseTests.Fixture>
{
    private protected override async Task<ILeaseHouse> OpenHouseAsync(CancellationToken cancellationToken)
    {
        var server = await fixture.ServerAsync(cancellationToken);
        var name = fixture.NewName();
        await server.ExecuteAsync($"CREATE DATABASE {name} CHARACTER SET latin1", cancellationToken);
        return new SharedLeaseHouse(server.UrlOf(name), server.CrashAsync, server.StartAgainAsync);
    }

    /// <summary>One server for the facts of this class, which run one after another.</summary>
    public sealed class Fixture : IAsyncDisposable
    {
        private MariaDbProcess? _server;
        private int _last;

        public async Task<MariaDbProcess> ServerAsync(CancellationToken cancellationToken) => _server ??= await MariaDbProcess.StartAsync(cancellationToken);

        public string NewName() => $"leases{++_last}";

        public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
