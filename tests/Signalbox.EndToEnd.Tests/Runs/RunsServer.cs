using System.Net.Http.Headers;
using Signalbox.EndToEnd.Tests.Program;
using Signalbox.EndToEnd.Tests.Runs;
using Signalbox.Testing.Runs;
using Signalbox.Testing.Services;
using Xunit;

[assembly: AssemblyFixture(typeof(RunsServer))]

namespace Signalbox.EndToEnd.Tests.Runs;

/// <summary>One server with the sample runs for all tests of the runs' pages that only look at them.</summary>
public sealed class RunsServer : IAsyncLifetime
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
                using var client = ClientOf(server);
                await SampleRuns.PostAsync(client, TimeProvider.System.GetUtcNow(), cancellationToken);
                _server = server;
            }

            return _server;
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>A client that may report runs.</summary>
    internal static HttpClient ClientOf(SignalboxProcess server)
    {
        var client = new HttpClient { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.AdminToken);
        return client;
    }

    /// <summary>The sample run of a number.</summary>
    internal static SampleRun Sample(int number) => SampleRun.All.Single(run => run.Number == number);

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _starting.Dispose();
    }
}
