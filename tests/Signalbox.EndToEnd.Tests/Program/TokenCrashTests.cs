using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Signalbox.Testing.Files;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.EndToEnd.Tests.Program;

public sealed class TokenCrashTests
{
    private const int Rounds = 6;
    private const int Writers = 4;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ATokenThatWasHandedOutSurvivesAKillAtAnyMoment()
    {
        using var folder = new TemporaryFolder();
        var data = folder.File("data");
        var random = new Random(20261);
        var handedOut = new ConcurrentQueue<string>();
        for (var round = 0; round < Rounds; round++)
        {
            await using var server = await SignalboxProcess.StartAsync(Cancelled, data);
            await AssertAllWorkAsync(server, handedOut);
            var killAfter = handedOut.Count + random.Next(5, 60);
            var writers = Enumerable.Range(0, Writers).Select(_ => CreateUntilKilledAsync(server, handedOut, killAfter)).ToList();
            await Task.WhenAll(writers);
        }

        await using var last = await SignalboxProcess.StartAsync(Cancelled, data);
        await AssertAllWorkAsync(last, handedOut);
    }

    /// <summary>The writer that crosses the mark kills the server while the others are in the middle of their requests.</summary>
    private static async Task CreateUntilKilledAsync(SignalboxProcess server, ConcurrentQueue<string> handedOut, int killAfter)
    {
        using var client = Client(server, server.AdminToken);
        while (true)
        {
            try
            {
                using var response = await client.PostAsJsonAsync("/api/v1/tokens", new { name = "kept", role = "viewer" }, Cancelled);
                response.EnsureSuccessStatusCode();
                handedOut.Enqueue((await response.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("secret").GetString()!);
            }
            catch (HttpRequestException exception) when (exception.StatusCode is null)
            {
                return;
            }

            if (handedOut.Count >= killAfter && !server.Process.HasExited)
            {
                server.Process.Kill();
            }
        }
    }

    private static async Task AssertAllWorkAsync(SignalboxProcess server, IEnumerable<string> tokens)
    {
        foreach (var token in tokens)
        {
            using var client = Client(server, token);
            using var response = await client.GetAsync("/api/v1/scopes", Cancelled);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    private static HttpClient Client(SignalboxProcess server, string token)
    {
        var client = new HttpClient { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }
}
