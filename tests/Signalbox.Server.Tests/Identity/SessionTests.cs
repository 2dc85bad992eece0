using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Signalbox.Server.Platform.Control;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Server.Tests.Identity;

public sealed class SessionTests
{
    private const string Path = "/api/v1/session";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheStartLinkSignsTheFirstAdminInOnce()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var browser = await SignedIn.ByStartLinkAsync(server);

        var session = await browser.Client.JsonAsync(HttpMethod.Get, Path);

        Assert.Equal("admin", (string?)session["user"]!["name"]);
        Assert.Equal("admin", (string?)session["user"]!["role"]);
        Assert.True((bool)session["user"]!["mustSetPassword"]!);
        Assert.Equal("default", (string?)session["tenant"]);
        Assert.Equal("default", (string?)Assert.Single(session["tenants"]!.AsArray())!["name"]);
        Assert.Equal((string?)browser.Session["csrfToken"], (string?)session["csrfToken"]);
        Assert.NotEmpty((string)session["version"]!);

        using var again = server.Client();
        using var refused = await again.PostAsync(Path + "/link", $$"""{"token":"{{SignedIn.StartLinkOf(server)}}"}""".AsJson(), Cancel);
        await refused.ProblemAsync("link_expired", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task ALinkExpires()
    {
        var clock = new FakeClock();
        await using var server = await TestServer.StartAsync(Cancel, new TestServerSetup { Clock = clock });
        using var client = server.Client();
        clock.Advance(TimeSpan.FromHours(1));

        using var refused = await client.PostAsync(Path + "/link", $$"""{"token":"{{SignedIn.StartLinkOf(server)}}"}""".AsJson(), Cancel);

        await refused.ProblemAsync("link_expired", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task WithoutASessionNobodyIsSignedIn()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var client = server.Client();

        using var response = await client.GetAsync(Path, Cancel);

        await response.ProblemAsync("unauthenticated", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task ATokenIsNoSession()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var client = server.Client(server.AdminToken);

        using var response = await client.GetAsync(Path, Cancel);

        await response.ProblemAsync("session_required", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task TheCookieIsClosedToScriptsAndOtherSites()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var browser = await SignedIn.ByStartLinkAsync(server);

        var flags = browser.SetCookie.Split("; ").Skip(1).Select(static flag => flag.ToLowerInvariant()).ToList();

        Assert.Contains("httponly", flags);
        Assert.Contains("samesite=lax", flags);
        Assert.Contains("path=/", flags);
        Assert.DoesNotContain("secure", flags);
        Assert.DoesNotContain(flags, static flag => flag.StartsWith("domain", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("signalbox.example.com")]
    [InlineData("10.1.2.3:7070")]
    public async Task OffLoopbackTheCookieIsSecure(string host)
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var client = server.Client();
        client.DefaultRequestHeaders.Host = host;

        using var response = await client.PostAsync(Path + "/link", $$"""{"token":"{{SignedIn.StartLinkOf(server)}}"}""".AsJson(), Cancel);

        Assert.Contains("; secure", Assert.Single(response.Headers.GetValues("Set-Cookie")), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task AnUnsafeRequestNeedsTheCsrfToken()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var browser = await SignedIn.ByStartLinkAsync(server);
        var body = """{"name":"x","role":"viewer"}""";

        browser.Client.DefaultRequestHeaders.Remove("X-CSRF-Token");
        using var missing = await browser.Client.PostAsync("/api/v1/tokens", body.AsJson(), Cancel);
        await missing.ProblemAsync("csrf_token_missing", HttpStatusCode.Forbidden);

        browser.Client.DefaultRequestHeaders.Add("X-CSRF-Token", "AAAA");
        using var wrong = await browser.Client.PostAsync("/api/v1/tokens", body.AsJson(), Cancel);
        await wrong.ProblemAsync("csrf_token_wrong", HttpStatusCode.Forbidden);

        browser.Client.DefaultRequestHeaders.Remove("X-CSRF-Token");
        browser.Client.DefaultRequestHeaders.Add("X-CSRF-Token", (string)browser.Session["csrfToken"]!);
        await browser.Client.JsonAsync(HttpMethod.Post, "/api/v1/tokens", body, HttpStatusCode.Created);
    }

    [Fact]
    public async Task TheCsrfTokenOfAnotherSessionIsWrong()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var first = await SignedIn.WithPasswordAsync(server);
        using var second = await SignedIn.ByPasswordAsync(server, "admin");
        second.Client.DefaultRequestHeaders.Remove("X-CSRF-Token");
        second.Client.DefaultRequestHeaders.Add("X-CSRF-Token", (string)first.Session["csrfToken"]!);

        using var refused = await second.Client.DeleteAsync(Path, Cancel);

        await refused.ProblemAsync("csrf_token_wrong", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task SigningOutEndsTheSession()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var browser = await SignedIn.ByStartLinkAsync(server);

        using var signedOut = await browser.Client.DeleteAsync(Path, Cancel);
        Assert.Equal(HttpStatusCode.NoContent, signedOut.StatusCode);
        Assert.Contains("expires=Thu, 01 Jan 1970", Assert.Single(signedOut.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);

        using var response = await browser.Client.GetAsync(Path, Cancel);
        await response.ProblemAsync("session_expired", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task ASessionEndsWhenIdleAndAtItsLongest()
    {
        var clock = new FakeClock();
        var setup = new TestServerSetup
        {
            Clock = clock,
            Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["identity.session.idle"] = "1h", ["identity.session.longest"] = "2h" },
        };
        await using var server = await TestServer.StartAsync(Cancel, setup);
        using var browser = await SignedIn.WithPasswordAsync(server);
        using var idle = await SignedIn.ByPasswordAsync(server, "admin");

        clock.Advance(TimeSpan.FromMinutes(50));
        await browser.Client.JsonAsync(HttpMethod.Get, Path);
        clock.Advance(TimeSpan.FromMinutes(50));
        await browser.Client.JsonAsync(HttpMethod.Get, Path);
        using var idled = await idle.Client.GetAsync(Path, Cancel);
        await idled.ProblemAsync("session_expired", HttpStatusCode.Unauthorized);

        clock.Advance(TimeSpan.FromMinutes(20));
        using var ended = await browser.Client.GetAsync(Path, Cancel);
        await ended.ProblemAsync("session_expired", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task ASessionReadsOnWhileItsUseCannotBeWrittenDown()
    {
        var clock = new FakeClock();
        await using var server = await TestServer.StartAsync(
            Cancel, new TestServerSetup { Clock = clock, Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["control.queue_length"] = "16" } });
        using var browser = await SignedIn.ByStartLinkAsync(server);
        clock.Advance(TimeSpan.FromMinutes(2));
        var database = server.Services.GetRequiredService<ControlDatabase>();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = database.WriteAsync(
            async _ =>
            {
                begun.SetResult();
                await end.Task;
            },
            Cancel);
        await begun.Task.WaitAsync(Cancel);
        var waiting = new List<Task>();
        while (database.WriteAsync(static _ => Task.CompletedTask, Cancel) is { IsFaulted: false } write)
        {
            waiting.Add(write);
        }

        using var response = await browser.Client.GetAsync("/api/v1/session", Cancel);
        end.SetResult();
        await Task.WhenAll([running, .. waiting]);

        await response.ReadAsync();
    }
}
