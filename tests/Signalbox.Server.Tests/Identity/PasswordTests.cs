using System.Net;
using System.Text.Json.Nodes;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Server.Tests.Identity;

public sealed class PasswordTests
{
    private const string Path = "/api/v1/session";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AUserSignsInWithThePasswordOnceSet()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var browser = await SignedIn.WithPasswordAsync(server);
        Assert.False((bool)browser.Session["user"]!["mustSetPassword"]!);

        using var other = await SignedIn.ByPasswordAsync(server, "ADMIN");

        Assert.Equal("admin", (string?)other.Session["user"]!["name"]);
    }

    [Fact]
    public async Task WrongPasswordUnknownNameAndNoPasswordReadTheSame()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var client = server.Client();
        using var passwordless = await client.PostAsync(Path, Credentials("admin", "x"), Cancel);
        using var browser = await SignedIn.WithPasswordAsync(server);
        using var wrong = await client.PostAsync(Path, Credentials("admin", "not the password"), Cancel);
        using var unknown = await client.PostAsync(Path, Credentials("nobody", "not the password"), Cancel);
        using var elsewhere = await client.PostAsync(Path, """{"name":"admin","password":"x","tenant":"no-such-tenant"}""".AsJson(), Cancel);

        var texts = new List<string>();
        foreach (var response in new[] { passwordless, wrong, unknown, elsewhere })
        {
            var problem = (await response.ProblemAsync("sign_in_failed", HttpStatusCode.Unauthorized)).AsObject();
            problem.Remove("requestId");
            problem.Remove("traceId");
            texts.Add(problem.ToJsonString());
        }

        Assert.Single(texts.Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task NamingOneTenantAfterAnotherIsSlowedAsOneName()
    {
        await using var server = await TestServer.StartAsync(Cancel, new TestServerSetup { Clock = new FakeClock() });
        using var browser = await SignedIn.WithPasswordAsync(server);
        using var guesser = server.Client();
        for (var attempt = 0; attempt < 6; attempt++)
        {
            using var wrong = await guesser.PostAsync(Path, $$"""{"name":"admin","password":"x","tenant":"no-such-tenant-{{attempt}}"}""".AsJson(), Cancel);
            await wrong.ProblemAsync("sign_in_failed", HttpStatusCode.Unauthorized);
        }

        using var slowed = await guesser.PostAsync(Path, """{"name":"admin","password":"x","tenant":"another"}""".AsJson(), Cancel);
        using var home = await guesser.PostAsync(Path, Credentials("admin", "x"), Cancel);

        await slowed.ProblemAsync("sign_in_slowed", HttpStatusCode.TooManyRequests);
        await home.ProblemAsync("sign_in_slowed", HttpStatusCode.TooManyRequests);
    }

    [Theory]
    [InlineData("short", "too_short")]
    [InlineData("aaaaaaaaaaaaaaaa", "too_uniform")]
    [InlineData("admin1234567", "contains_name")]
    public async Task AWeakPasswordIsRefusedWithItsReason(string password, string reason)
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var browser = await SignedIn.ByStartLinkAsync(server);

        using var response = await browser.Client.PutAsync(Path + "/password", $$"""{"newPassword":"{{password}}"}""".AsJson(), Cancel);

        var problem = await response.ProblemAsync("password_refused", HttpStatusCode.BadRequest);
        Assert.Contains(reason, problem["reasons"]!.AsArray().Select(static text => (string)text!));
        Assert.NotEmpty(problem["errors"]!["newPassword"]!.AsArray());
    }

    [Fact]
    public async Task AnotherPasswordNeedsTheCurrentOneAndEndsOtherSessions()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var browser = await SignedIn.WithPasswordAsync(server);
        using var other = await SignedIn.ByPasswordAsync(server, "admin");
        var before = browser.Cookie;

        using var without = await browser.Client.PutAsync(Path + "/password", """{"newPassword":"another good password"}""".AsJson(), Cancel);
        await without.ProblemAsync("current_password_wrong", HttpStatusCode.BadRequest);
        using var wrong = await browser.Client.PutAsync(Path + "/password", """{"currentPassword":"guess","newPassword":"another good password"}""".AsJson(), Cancel);
        var problem = await wrong.ProblemAsync("current_password_wrong", HttpStatusCode.BadRequest);
        Assert.NotNull(problem["errors"]!["currentPassword"]);

        await browser.OpenAsync(HttpMethod.Put, Path + "/password", $$"""{"currentPassword":"{{SignedIn.Password}}","newPassword":"another good password"}""");
        Assert.NotEqual(before, browser.Cookie);
        await browser.Client.JsonAsync(HttpMethod.Get, Path);
        using var ended = await other.Client.GetAsync(Path, Cancel);
        await ended.ProblemAsync("session_expired", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task FailedSignInsSlowANameDown()
    {
        var clock = new FakeClock();
        await using var server = await TestServer.StartAsync(Cancel, new TestServerSetup { Clock = clock });
        using var browser = await SignedIn.WithPasswordAsync(server);
        using var client = server.Client();
        for (var attempt = 0; attempt < 6; attempt++)
        {
            using var failed = await client.PostAsync(Path, Credentials("admin", "guess"), Cancel);
            await failed.ProblemAsync("sign_in_failed", HttpStatusCode.Unauthorized);
        }

        // Even the right password has to wait now, and while waiting nothing is counted.
        using var slowed = await client.PostAsync(Path, Credentials("admin", SignedIn.Password), Cancel);
        await slowed.ProblemAsync("sign_in_slowed", HttpStatusCode.TooManyRequests);
        Assert.Equal(TimeSpan.FromSeconds(1), slowed.Headers.RetryAfter!.Delta);

        clock.Advance(TimeSpan.FromSeconds(1));
        using var seventh = await client.PostAsync(Path, Credentials("admin", "guess"), Cancel);
        await seventh.ProblemAsync("sign_in_failed", HttpStatusCode.Unauthorized);
        using var doubled = await client.PostAsync(Path, Credentials("Admin", "guess"), Cancel);
        await doubled.ProblemAsync("sign_in_slowed", HttpStatusCode.TooManyRequests);
        Assert.Equal(TimeSpan.FromSeconds(2), doubled.Headers.RetryAfter!.Delta);

        clock.Advance(TimeSpan.FromSeconds(2));
        using var signedIn = await client.PostAsync(Path, Credentials("admin", SignedIn.Password), Cancel);
        Assert.Equal(HttpStatusCode.OK, signedIn.StatusCode);
        using var forgiven = await client.PostAsync(Path, Credentials("admin", "guess"), Cancel);
        await forgiven.ProblemAsync("sign_in_failed", HttpStatusCode.Unauthorized);
    }

    private static StringContent Credentials(string name, string password) =>
        new JsonObject { ["name"] = name, ["password"] = password }.ToJsonString().AsJson();
}
