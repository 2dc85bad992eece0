using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Signalbox.Server.Audit.Keys;
using Signalbox.Server.Audit.Storage;
using Signalbox.Server.Audit.Verification;
using Signalbox.Server.Platform.Control;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Files;
using Signalbox.Testing.Processes;
using Signalbox.Testing.Server;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.Audit.Tests.Sequencing;

public sealed class KillTests : IDisposable
{
    private const int Rounds = 6;
    private const int Writers = 4;

    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<string> _acknowledged = new();
    private readonly ConcurrentQueue<string> _jobs = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Data => _folder.File("data");

    [Fact]
    public async Task EveryAcknowledgedMandatoryEventIsInTheLogOnceAfterKillsAtAnyMomentAndTheLogVerifies()
    {
        var random = new Random(20264);
        for (var round = 0; round < Rounds; round++)
        {
            var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{LoopbackPort.Free()}"));
            await using var process = ChildProcess.Start(
                Path.Combine(AppContext.BaseDirectory, "signalbox"),
                ["serve", "--data", Data, "--urls", address.ToString().TrimEnd('/'), "--otlp-http", "off", "--otlp-grpc", "off"]);
            await process.WaitForLineAsync("listens on", Cancellation);
            var killAfter = _acknowledged.Count + random.Next(5, 80);
            await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => CreateUntilKilledAsync(process, address, killAfter)));
        }

        await using var last = await TestServer.StartAsync(Cancellation, new TestServerSetup { DataFolder = Data });
        var audit = last.Services.GetRequiredService<AuditDatabase>();
        var control = last.Services.GetRequiredService<ControlDatabase>();
        await Eventually.HoldsAsync("the outbox was empty", async () => await control.ReadAsync(OutboxRows.CountAsync, Cancellation) == 0, Cancellation);

        var bodies = await LogChecks.AssertWholeAsync(audit, "default", Cancellation);
        var created = ResourcesOf(bodies, "token.create");
        var inDatabase = await control.ReadAsync(static session => session.ListAsync<string>("SELECT id FROM tokens"), Cancellation);
        Assert.Equal(created.Count, created.Distinct(StringComparer.Ordinal).Count());
        Assert.Empty(_acknowledged.Except(created, StringComparer.Ordinal));

        // More than acknowledged may be done; but what is done is recorded, and what is recorded is done.
        Assert.Equal(inDatabase.Order(StringComparer.Ordinal), created.Order(StringComparer.Ordinal));

        // A kill may take the standard events of the last moment with it; what is in the log happened, and is there once.
        var jobs = ResourcesOf(bodies, "task.create");
        var kept = await control.ReadAsync(static session => session.ListAsync<string>("SELECT id FROM jobs"), Cancellation);
        Assert.NotEmpty(jobs);
        Assert.Equal(jobs.Count, jobs.Distinct(StringComparer.Ordinal).Count());
        Assert.Empty(jobs.Except(kept, StringComparer.Ordinal));
        Assert.Empty(_jobs.Except(kept, StringComparer.Ordinal));
        await AssertVerifiesAsync();
    }

    public void Dispose() => _folder.Dispose();

    private static List<string> ResourcesOf(IEnumerable<string> bodies, string action) => [.. bodies
        .Select(static body => JsonDocument.Parse(body).RootElement)
        .Where(body => body.GetProperty("action").GetString() == action)
        .Select(static body => body.GetProperty("resource").GetProperty("id").GetString()!)];

    /// <summary>What <c>signalbox audit verify</c> says about the data folder.</summary>
    private async Task AssertVerifiesAsync()
    {
        await using var source = new StoreLogSource(
            StoreConnections.ForFile(Path.Combine(Data, AuditDatabase.FileName), TimeProvider.System),
            StoreConnections.ForFile(Path.Combine(Data, ControlDatabase.FileName), TimeProvider.System),
            new KeyOptions(),
            "default");
        var (report, _) = await new LogVerifier(source, []).RunAsync(null, progress: null, Cancellation);
        Assert.Empty(report.Faults);
        Assert.True(report.Ok);
        Assert.InRange(report.Checked, _acknowledged.Count, long.MaxValue);
    }

    /// <summary>The writer that crosses the mark kills the server while the others are in the middle of their requests.</summary>
    private async Task CreateUntilKilledAsync(ChildProcess process, Uri address, int killAfter)
    {
        using var client = new HttpClient { BaseAddress = address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(Path.Combine(Data, "admin-token"), Cancellation)).Trim());
        while (true)
        {
            try
            {
                _acknowledged.Enqueue((await CreateAsync(client, "/api/v1/tokens", """{"name":"kept","role":"viewer"}""")).GetProperty("token").GetProperty("id").GetString()!);
                _jobs.Enqueue((await CreateAsync(client, "/api/v1/scheduler/tasks", $$$"""{"name":"kept {{{Guid.CreateVersion7()}}}","command":{"file":"/bin/true"}}""")).GetProperty("id").GetString()!);
            }
            catch (HttpRequestException exception) when (exception.StatusCode is null)
            {
                return;
            }

            if (_acknowledged.Count >= killAfter && !process.HasExited)
            {
                process.Kill();
            }
        }
    }

    private static async Task<JsonElement> CreateAsync(HttpClient client, string path, string body)
    {
        using var content = new StringContent(body, new MediaTypeHeaderValue("application/json"));
        using var response = await client.PostAsync(path, content, Cancellation);
        response.EnsureSuccessStatusCode();
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation));
        return answer.RootElement.Clone();
    }
}
