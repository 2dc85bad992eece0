using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.EndToEnd.Tests.Program;

/// <summary>A server that the tests of some pages share, started when first asked for.</summary>
public abstract class PageServer : IAsyncLifetime
{
    private readonly SemaphoreSlim _starting = new(1);
    private SignalboxProcess? _server;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>The server; its user <c>admin</c> has the password of <see cref="SharedServer"/>.</summary>
    public async Task<SignalboxProcess> GetAsync(CancellationToken cancellationToken)
    {
        await _starting.WaitAsync(cancellationToken);
        try
        {
            if (_server is null)
            {
                var server = await SignalboxProcess.StartAsync(cancellationToken);
                using var session = await ConsoleSession.OpenAsync(server, SharedServer.Password, cancellationToken);
                await PrepareAsync(server, cancellationToken);
                _server = server;
            }

            return _server;
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>Puts on the server what its tests look at, once.</summary>
    protected virtual Task PrepareAsync(SignalboxProcess server, CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _starting.Dispose();
        GC.SuppressFinalize(this);
    }
}
