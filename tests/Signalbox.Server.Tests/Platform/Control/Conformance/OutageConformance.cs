using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Signalbox.Server.Platform;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Tests.Identity;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Server.Tests.Platform.Control.Conformance;

/// <summary>What becomes of work and of a whole server while its database is away, and afterwards.</summary>
public abstract class OutageConformance : IAsyncLifetime
{
    private static readonly Migration Table = new(1, "table", "CREATE TABLE things (name {name} NOT NULL PRIMARY KEY);");

    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WorkFailsWhileTheDatabaseIsAwayAndSucceedsWhenItIsBack()
    {
        await using var place = ControlUnderTest.For(Url);
        var database = place.Open(Table);
        await database.WriteAsync(static session => InsertAsync(session, "before"), Cancel);

        await CrashAsync();
        for (var attempt = 0; attempt < 10; attempt++)
        {
            var exception = await Assert.ThrowsAsync<ControlUnavailableException>(() => database.WriteAsync(static session => InsertAsync(session, "lost"), Cancel));
            Assert.True(database.Dialect.IsUnavailable(exception));
            await Assert.ThrowsAsync<ControlUnavailableException>(() => database.ReadAsync(static session => session.ValueAsync<long>("SELECT count(*) FROM things"), Cancel));
            await Assert.ThrowsAsync<ControlUnavailableException>(() => database.RunAsync(static session => InsertAsync(session, "lost"), Cancel));
        }

        await StartAgainAsync();
        await database.WriteAsync(static session => InsertAsync(session, "after"), Cancel);
        Assert.Equal(["after", "before"], await database.ReadAsync(static session => session.ListAsync<string>("SELECT name FROM things ORDER BY name"), Cancel));
    }

    [Fact]
    public async Task ATransactionThatTheCrashCutOffIsReportedAndUndone()
    {
        await using var place = ControlUnderTest.For(Url);
        var database = place.Open(Table);

        await Assert.ThrowsAsync<ControlUnavailableException>(() => database.WriteAsync(
            async session =>
            {
                await InsertAsync(session, "cut off");
                await CrashAsync();
                await InsertAsync(session, "never");
            },
            Cancel));

        await StartAgainAsync();
        Assert.Equal(0, await database.ReadAsync(static session => session.ValueAsync<long>("SELECT count(*) FROM things"), Cancel));
    }

    [Fact]
    public async Task AServerSaysThatItIsNotReadyAndRecoversByItself()
    {
        await using var server = await TestServer.StartAsync(Cancel, new TestServerSetup { Control = Url });
        using var client = server.Client(server.AdminToken);
        await client.JsonAsync(HttpMethod.Get, "/api/v1/users");

        await CrashAsync();
        using (var refused = await client.GetAsync("/api/v1/users", Cancel))
        {
            var problem = await refused.ProblemAsync("control_unavailable", HttpStatusCode.ServiceUnavailable);
            Assert.DoesNotContain("127.0.0.1", problem.ToJsonString(), StringComparison.Ordinal);
            Assert.NotNull(refused.Headers.RetryAfter);
        }

        await Eventually.HoldsAsync("the server was not ready", async () => await StatusAsync(client, "/-/ready") == HttpStatusCode.ServiceUnavailable, Cancel);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, "/-/healthy"));
        Assert.Contains("control database", server.Services.GetRequiredService<Readiness>().Missing, StringComparison.Ordinal);

        await StartAgainAsync();
        await client.JsonAsync(HttpMethod.Get, "/api/v1/users");
        await Eventually.HoldsAsync("the server was ready again", async () => await StatusAsync(client, "/-/ready") == HttpStatusCode.OK, Cancel);
    }

    [Fact]
    public async Task AStartWithoutTheDatabaseFailsWithASentenceThatKeepsThePassword()
    {
        await CrashAsync();

        var exception = await Assert.ThrowsAsync<StartupException>(() => TestServer.StartAsync(Cancel, new TestServerSetup { Control = Url }));

        Assert.Contains("storage.control", exception.Message, StringComparison.Ordinal);
        Assert.Contains("127.0.0.1", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Signalbox.Testing.Services.MariaDbProcess.Password, exception.ToString(), StringComparison.Ordinal);
    }

    public abstract ValueTask InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        GC.SuppressFinalize(this);
    }

    private protected abstract string Url { get; }

    private protected abstract Task CrashAsync();

    private protected abstract Task StartAgainAsync();

    private protected abstract ValueTask EndAsync();

    private static Task<int> InsertAsync(ControlSession session, string name) => session.ExecuteAsync("INSERT INTO things (name) VALUES (@name)", new { name });

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(path, Cancel);
        return response.StatusCode;
    }
}
