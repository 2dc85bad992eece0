using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.Server.Tests.Platform.Leases;

/// <summary>Leases in a control database on PostgreSQL.</summary>
public sealed class PostgreSqlLeaseTests(PostgreSqlLeaseTests.Fixture fixture) : LeaseConformance, IClassFixture<PostgreSqlLeaseTests.Fixture>
{
    private protected override async Task<ILeaseHouse> OpenHouseAsync(CancellationToken cancellationToken)
    {
        var server = await fixture.ServerAsync(cancellationToken);
        var name = fixture.NewName();
        await server.ExecuteAsync($"CREATE DATABASE {name}", cancellationToken);
        return new SharedLeaseHouse(server.UrlOf(name), server.CrashAsync, server.StartAgainAsync);
    }

    /// <summary>One server for the facts of this class, which run one after another.</summary>
    public sealed class Fixture : IAsyncDisposable
    {
        private PostgreSqlProcess? _server;
        private int _last;

        public async Task<PostgreSqlProcess> ServerAsync(CancellationToken cancellationToken) => _server ??= await PostgreSqlProcess.StartAsync(cancellationToken);

        public string NewName() => $"leases{++_last}";

        public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
