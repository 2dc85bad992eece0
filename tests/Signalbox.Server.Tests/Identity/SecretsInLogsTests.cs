using System.Net;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Server.Tests.Identity;

public sealed class SecretsInLogsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task NoSecretIsLoggedAndEveryWriteIs()
    {
        using var log = new LogCapture();
        var secrets = new List<string> { SignedIn.Password, "not the right one", "a password for eve" };
        await using (var server = await TestServer.StartAsync(Cancel, new TestServerSetup { Adjust = log.AddTo }))
        {
            secrets.Add(server.AdminToken);
            secrets.Add(SignedIn.StartLinkOf(server));
            using var browser = await SignedIn.WithPasswordAsync(server);
            secrets.Add(browser.Cookie.Split('=')[1]);
            secrets.Add((string)browser.Session["csrfToken"]!);
            var created = await browser.Client.JsonAsync(HttpMethod.Post, "/api/v1/tokens", """{"name":"a-token","role":"viewer"}""", HttpStatusCode.Created);
            secrets.Add((string)created["secret"]!);
            var invited = await browser.Client.JsonAsync(HttpMethod.Post, "/api/v1/users", """{"name":"bob","role":"viewer"}""", HttpStatusCode.Created);
            secrets.Add(((string)invited["signInLink"]!["path"]!).Split('=')[1]);
            await browser.Client.JsonAsync(HttpMethod.Post, "/api/v1/users", """{"name":"eve","role":"viewer","password":"a password for eve"}""", HttpStatusCode.Created);
            await browser.Client.JsonAsync(HttpMethod.Post, "/api/v1/tenants", """{"name":"blue"}""", HttpStatusCode.Created);
            using var failed = await browser.Client.PostAsync("/api/v1/session", """{"name":"bob","password":"not the right one"}""".AsJson(), Cancel);
            using var unreadable = await browser.Client.PostAsync("/api/v1/session", """{"name":"bob","password":"not the right one","x":1}""".AsJson(), Cancel);
            await unreadable.ProblemAsync("unknown_member", HttpStatusCode.BadRequest);
            await browser.Client.JsonAsync(HttpMethod.Delete, $"/api/v1/tokens/{(string)created["token"]!["id"]!}", null, HttpStatusCode.NoContent);
        }

        var text = log.Text;
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        Assert.All(
            ["tenant.create", "user.create", "user.change_password", "token.create", "token.revoke", "session.create denied", "sign_in_link.create"],
            action => Assert.Contains($"Audit: {action}", text, StringComparison.Ordinal));
    }
}
