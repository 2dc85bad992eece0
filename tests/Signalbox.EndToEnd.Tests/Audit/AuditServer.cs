using Signalbox.EndToEnd.Tests.Audit;
using Signalbox.EndToEnd.Tests.Program;
using Signalbox.Testing.Services;
using Xunit;

[assembly: AssemblyFixture(typeof(AuditServer))]

namespace Signalbox.EndToEnd.Tests.Audit;

/// <summary>One server for all tests of the audit log's pages; each of them looks for what it did itself.</summary>
public sealed class AuditServer : IAsyncLifetime
{
    private readonly SemaphoreSlim _starting = new(1);
    private SignalboxProcess? _server;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>The server, started when first asked for; its user <c>admin</c> has the password of <see cref="SharedServer"/>.</summary>
    public async Task<SignalboxProcess> GetAsync(CancellationToken cancellationToken)
    {
        await _starting.WaitAsync(cancellationToken);
        try
        {
            if (_server is null)
            {
                var server = await SignalboxProcess.StartAsync(cancellationToken);
                using var session = await ConsoleSession.OpenAsync(server, SharedServer.Password, cancellationToken);
                _server = server;
            }

            return _server;
        }
        finally
        {
            _starting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _starting.Dispose();
    }
}
