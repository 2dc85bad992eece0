using Signalbox.EndToEnd.Tests.Program;
using Signalbox.Testing.Services;
using Xunit;

[assembly: AssemblyFixture(typeof(SharedServer))]

namespace Signalbox.EndToEnd.Tests.Program;

/// <summary>One published server for all tests that leave it as they found it; started when the first of them asks.</summary>
public sealed class SharedServer : IAsyncLifetime
{
    public const string Password = "correct horse battery staple";

    private readonly SemaphoreSlim _starting = new(1);
    private SignalboxProcess? _server;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>The server; its user <c>admin</c> has <see cref="Password"/>.</summary>
    public async Task<SignalboxProcess> GetAsync(CancellationToken cancellationToken)
    {
        await _starting.WaitAsync(cancellationToken);
        try
        {
            if (_server is null)
            {
                var server = await SignalboxProcess.StartAsync(cancellationToken);
                using var session = await ConsoleSession.OpenAsync(server, Password, cancellationToken);
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
