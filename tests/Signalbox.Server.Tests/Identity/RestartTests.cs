using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Signalbox.Server.Identity.Sessions;
using Signalbox.Server.Identity.Tokens;
using Signalbox.Server.Platform.Control;
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
    public async Task APasswordIsHashedAnewWhenItsParametersGrew()
    {
        using var folder = new TemporaryFolder();
        var setup = new TestServerSetup { DataFolder = folder.File("data") };
        await using (var server = await TestServer.StartAsync(Cancel, setup))
        {
            using var browser = await SignedIn.WithPasswordAsync(server);
            Assert.StartsWith("pbkdf2-sha256$600000$", await StoredPasswordAsync(server), StringComparison.Ordinal);
        }

        var grown = setup with { Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["identity.password.iterations"] = "700000" } };
        await using (var server = await TestServer.StartAsync(Cancel, grown))
        {
            using var first = await SignedIn.ByPasswordAsync(server, "admin");
            Assert.StartsWith("pbkdf2-sha256$700000$", await StoredPasswordAsync(server), StringComparison.Ordinal);
            using var second = await SignedIn.ByPasswordAsync(server, "admin");
        }
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
    public async Task WhatHasEndedIsSweptAway()
    {
        var clock = new FakeClock();
        await using var server = await TestServer.StartAsync(Cancel, new TestServerSetup { Clock = clock });
        using var browser = await SignedIn.WithPasswordAsync(server);
        Assert.Equal(1, await SessionsAsync(server));

        // The server's own sweep may come first; either way nothing is left.
        clock.Advance(TimeSpan.FromHours(12));
        await server.Services.GetServices<IHostedService>().OfType<EndedSessionSweeper>().Single().RunOnceAsync(Cancel);

        Assert.Equal(0, await SessionsAsync(server));
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

    private static async Task<string> StoredPasswordAsync(TestServer server) =>
        (await server.Services.GetRequiredService<ControlDatabase>().ReadAsync(static session => session.FindAsync<string>("SELECT password FROM users WHERE name = 'admin'"), Cancel))!;

    private static Task<long> SessionsAsync(TestServer server) =>
        server.Services.GetRequiredService<ControlDatabase>().ReadAsync(static session => session.ValueAsync<long>("SELECT count(*) FROM sessions"), Cancel);
}
