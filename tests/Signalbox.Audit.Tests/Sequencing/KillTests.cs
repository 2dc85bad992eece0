using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Signalbox.Server.Audit.Storage;
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

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Data => _folder.File("data");

    [Fact]
    public async Task EveryAcknowledgedMandatoryEventIsInTheLogOnceAfterKillsAtAnyMoment()
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
        var created = bodies.Select(static body => JsonDocument.Parse(body).RootElement)
            .Where(static body => body.GetProperty("action").GetString() == "token.create")
            .Select(static body => body.GetProperty("resource").GetProperty("id").GetString()!)
            .ToList();
        var inDatabase = await control.ReadAsync(static session => session.ListAsync<string>("SELECT id FROM tokens"), Cancellation);
        Assert.Equal(created.Count, created.Distinct(StringComparer.Ordinal).Count());
        Assert.Empty(_acknowledged.Except(created, StringComparer.Ordinal));

        // More than acknowledged may be done; but what is done is recorded, and what is recorded is done.
        Assert.Equal(inDatabase.Order(StringComparer.Ordinal), created.Order(StringComparer.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>The writer that crosses the mark kills the server while the others are in the middle of their requests.</summary>
    private async Task CreateUntilKilledAsync(ChildProcess process, Uri address, int killAfter)
    {
        using var client = new HttpClient { BaseAddress = address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(Path.Combine(Data, "admin-token"), Cancellation)).Trim());
        while (true)
        {
            try
            {
                using var content = new StringContent("""{"name":"kept","role":"viewer"}""", new MediaTypeHeaderValue("application/json"));
                using var response = await client.PostAsync("/api/v1/tokens", content, Cancellation);
                response.EnsureSuccessStatusCode();
                using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation));
                _acknowledged.Enqueue(answer.RootElement.GetProperty("token").GetProperty("id").GetString()!);
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
}
