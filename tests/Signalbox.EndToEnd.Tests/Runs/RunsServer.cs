using System.Net.Http.Headers;
using Signalbox.EndToEnd.Tests.Program;
using Signalbox.EndToEnd.Tests.Runs;
using Signalbox.Testing.Runs;
using Signalbox.Testing.Services;
using Xunit;

[assembly: AssemblyFixture(typeof(RunsServer))]

namespace Signalbox.EndToEnd.Tests.Runs;

/// <summary>One server with the sample runs for all tests of the runs' pages that only look at them.</summary>
public sealed class RunsServer : PageServer
{
    protected override async Task PrepareAsync(SignalboxProcess server, CancellationToken cancellationToken)
    {
        using var client = ClientOf(server);
        await SampleRuns.PostAsync(client, TimeProvider.System.GetUtcNow(), cancellationToken);
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
}
