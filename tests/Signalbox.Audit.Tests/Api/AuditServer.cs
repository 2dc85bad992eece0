using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Audit.Tests.Api;

/// <summary>One server for tests that leave nothing in it that another would stumble over.</summary>
public sealed class AuditServer : IAsyncLifetime
{
    private TestServer? _server;

    internal TestServer Server => _server ?? throw new InvalidOperationException("The server is not started yet.");

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
