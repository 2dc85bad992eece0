using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Signalbox.Server.Platform.Audit;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Audit.Tests.Requests;

public sealed class FailedSignInTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GuessingAtSomebodyIsRecordedAlsoAfterGuessingAtNobody()
    {
        var trail = new RecordingTrail();
        await using var server = await TestServer.StartAsync(Cancel, new TestServerSetup { Adjust = builder => builder.Services.AddSingleton<IAuditTrail>(trail) });
        using var admin = server.Client(server.AdminToken);
        using var user = new StringContent("""{"name":"ada","role":"viewer","password":"correct-horse-battery-staple"}""", Encoding.UTF8, "application/json");
        using var made = await admin.PostAsync(new Uri("/api/v1/users", UriKind.Relative), user, Cancel);
        Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync(Cancel));

        foreach (var name in new[] { "nobody", "nobody-else", "ada", "ada" })
        {
            await GuessAsync(server, name);
        }

        // An answer may arrive before the server has written down that it gave it.
        IEnumerable<string?> Names() => trail.Records.Where(static record => record.Event is { Action.Name: "session.create", Outcome: AuditOutcome.Denied }).Select(static record => record.Event.Actor.Name);
        await Eventually.HoldsAsync("both are recorded", () => Task.FromResult(Names().Count() == 2), Cancel);
        Assert.Equal(["nobody", "ada"], Names());
    }

    private static async Task GuessAsync(TestServer server, string name)
    {
        using var client = server.Client();
        using var content = new StringContent($$"""{"name":"{{name}}","password":"wrong"}""", Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(new Uri("/api/v1/session", UriKind.Relative), content, Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }
}
