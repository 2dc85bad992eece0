using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Signalbox.Server.Identity.Sessions;
using Signalbox.Server.Identity.Tokens;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Files;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Server.Tests.Identity;

public sealed class RestartTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EverythingOutlivesARestart()
    {
        using var folder = new TemporaryFolder();
        var setup = new TestServerSetup { DataFolder = folder.File("data") };
        string secret;
        string cookie;
        string adminToken;
        await using (var server = await TestServer.StartAsync(Cancel, setup))
        {
            adminToken = server.AdminToken;
            using var browser = await SignedIn.WithPasswordAsync(server);
            cookie = browser.Cookie;
            var created = await browser.Client.JsonAsync(HttpMethod.Post, "/api/v1/tokens", """{"name":"kept","role":"admin"}""", HttpStatusCode.Created);
            secret = (string)created["secret"]!;
            await browser.Client.JsonAsync(HttpMethod.Post, "/api/v1/tenants", """{"name":"blue"}""", HttpStatusCode.Created);
        }

        await using var again = await TestServer.StartAsync(Cancel, setup);
        Assert.Equal(adminToken, again.AdminToken);
        Assert.Null(again.Services.GetRequiredService<StartLink>().Link);
        using var client = again.Client(secret);
        Assert.Equal(2, (await client.JsonAsync(HttpMethod.Get, "/api/v1/tokens"))["items"]!.AsArray().Count);
        using var continued = again.Client();
        continued.DefaultRequestHeaders.Add("Cookie", cookie);
        Assert.Equal(2, (await continued.JsonAsync(HttpMethod.Get, "/api/v1/session"))["tenants"]!.AsArray().Count);
    }

    [Fact]
    public async Task WhileNobodyHasAPasswordEachStartMakesANewLink()
    {
        using var folder = new TemporaryFolder();
        var setup = new TestServerSetup { DataFolder = folder.File("data") };
        string first;
        await using (var server = await TestServer.StartAsync(Cancel, setup))
        {
            first = SignedIn.StartLinkOf(server);
        }

        await using var again = await TestServer.StartAsync(Cancel, setup);
        Assert.NotEqual(first, SignedIn.StartLinkOf(again));
        using var client = again.Client();
        using var refused = await client.PostAsync("/api/v1/session/link", $$"""{"token":"{{first}}"}""".AsJson(), Cancel);
        await refused.ProblemAsync("link_expired", HttpStatusCode.Unauthorized);
        using var browser = await SignedIn.ByStartLinkAsync(again);
    }

    [Fact]
    public async Task UseIsWrittenDownOnceAMinute()
    {
        var clock = new FakeClock();
        await using var server = await TestServer.StartAsync(Cancel, new TestServerSetup { Clock = clock });
        var use = server.Services.GetRequiredService<TokenUse>();
        using var client = server.Client(server.AdminToken);
        await client.JsonAsync(HttpMethod.Get, "/api/v1/tokens");
        await use.WriteAsync(Cancel);

        clock.Advance(TimeSpan.FromSeconds(30));
        await client.JsonAsync(HttpMethod.Get, "/api/v1/tokens");
        await use.WriteAsync(Cancel);
        var halfAMinute = (await client.JsonAsync(HttpMethod.Get, "/api/v1/tokens"))["items"]![0]!["lastUsedAt"];
        Assert.Equal("2026-03-04T05:06:07.000Z", (string?)halfAMinute);

        clock.Advance(TimeSpan.FromSeconds(31));
        await client.JsonAsync(HttpMethod.Get, "/api/v1/tokens");
        await use.WriteAsync(Cancel);
        var later = (await client.JsonAsync(HttpMethod.Get, "/api/v1/tokens"))["items"]![0]!["lastUsedAt"];
        Assert.Equal("2026-03-04T05:07:08.000Z", (string?)later);
    }
}
