using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Server.Tests.Identity;

public sealed class TokenTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheFirstStartWritesAnAdminTokenThatOnlyItsOwnerReads()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var client = server.Client(server.AdminToken);

        var tokens = await client.JsonAsync(HttpMethod.Get, "/api/v1/tokens");

        var token = Assert.Single(tokens["items"]!.AsArray())!;
        Assert.Equal("admin-token", (string?)token["name"]);
        Assert.Equal("admin", (string?)token["role"]);
        Assert.Equal(server.AdminToken[..12], (string?)token["prefix"]);
        Assert.Null(token["scopes"]);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(server.DataFolder, "admin-token")));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(server.DataFolder, "control.db")));
        }
    }

    [Fact]
    public async Task WithoutATokenNothingIsAnswered()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var client = server.Client();

        using var response = await client.GetAsync("/api/v1/tokens", Cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer realm=\"signalbox\"", response.Headers.WwwAuthenticate.ToString());
        var problem = await response.ProblemAsync("unauthenticated");
        Assert.NotNull(problem["requestId"]);
    }

    [Fact]
    public async Task ATokenWorksFromItsCreationToItsRevocation()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var admin = server.Client(server.AdminToken);
        var created = await admin.JsonAsync(HttpMethod.Post, "/api/v1/tokens", """{"name":"second","role":"admin","scopes":["tokens:admin"]}""", HttpStatusCode.Created);
        using var second = server.Client((string)created["secret"]!);

        var list = await second.JsonAsync(HttpMethod.Get, "/api/v1/tokens");
        Assert.Equal(["second", "admin-token"], list["items"]!.AsArray().Select(static token => (string)token!["name"]!));

        var id = (string)created["token"]!["id"]!;
        await admin.JsonAsync(HttpMethod.Delete, $"/api/v1/tokens/{id}", null, HttpStatusCode.NoContent);
        using var refused = await second.GetAsync("/api/v1/tokens", Cancel);
        await refused.ProblemAsync("token_revoked", HttpStatusCode.Unauthorized);
        Assert.Contains("invalid_token", refused.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);

        // Revoking again changes nothing, and an unknown token is told from a revoked one.
        await admin.JsonAsync(HttpMethod.Delete, $"/api/v1/tokens/{id}", null, HttpStatusCode.NoContent);
        using var unknown = await admin.DeleteAsync("/api/v1/tokens/no-such-token", Cancel);
        await unknown.ProblemAsync("token_not_found", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task ATokenEndsWithItsExpiry()
    {
        var clock = new FakeClock();
        await using var server = await TestServer.StartAsync(Cancel, new TestServerSetup { Clock = clock });
        using var admin = server.Client(server.AdminToken);
        var created = await admin.JsonAsync(HttpMethod.Post, "/api/v1/tokens", """{"name":"short","role":"admin","expiresIn":"1h"}""", HttpStatusCode.Created);
        Assert.Equal("2026-03-04T06:06:07.000Z", (string?)created["token"]!["expiresAt"]);
        using var client = server.Client((string)created["secret"]!);

        await client.JsonAsync(HttpMethod.Get, "/api/v1/tokens");
        clock.Advance(TimeSpan.FromMinutes(60));

        using var response = await client.GetAsync("/api/v1/tokens", Cancel);
        await response.ProblemAsync("token_expired", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task BasicCarriesTheTokenAsPassword()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var client = server.Client();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"anything:{server.AdminToken}")));

        var tokens = await client.JsonAsync(HttpMethod.Get, "/api/v1/tokens");

        Assert.Single(tokens["items"]!.AsArray());
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Bearer sbx_")]
    [InlineData("Bearer sbx_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("Bearer sbx_!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!")]
    [InlineData("Bearer not.a.jwt")]
    [InlineData("Basic %%%")]
    [InlineData("Basic Zm9v")]
    [InlineData("Digest username=x")]
    public async Task WhatIsNotATokenIsRefused(string header)
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var client = server.Client();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);

        using var response = await client.GetAsync("/api/v1/tokens", Cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData("""{"name":"x","role":"viewer","colour":"red"}""", "unknown_member", "colour")]
    [InlineData("""{"role":"viewer"}""", "missing_member", "name")]
    [InlineData("""{"name":"x","role":"viewer""", "malformed_json", "JSON")]
    [InlineData("""{"name":"x","role":"king"}""", "invalid_member", "king")]
    [InlineData("""{"name":"","role":"viewer"}""", "invalid_member", "name")]
    [InlineData("""{"name":"x","role":"viewer","scopes":["moon:land"]}""", "invalid_member", "moon:land")]
    [InlineData("""{"name":"x","role":"viewer","expiresIn":"soon"}""", "invalid_member", "soon")]
    [InlineData("""{"name":"x","role":"viewer","expiresAt":"2001-01-01T00:00:00Z"}""", "invalid_member", "future")]
    [InlineData("""{"name":"x","role":"admin","tenants":["nowhere"]}""", "invalid_member", "nowhere")]
    [InlineData("""{"name":"x","role":"admin","tenants":[null]}""", "invalid_member", "tenants")]
    [InlineData("""{"name":"x","role":"viewer","scopes":[null]}""", "invalid_member", "scopes")]
    public async Task ARequestThatDoesNotHoldIsRefusedWithItsReason(string body, string code, string named)
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var admin = server.Client(server.AdminToken);

        using var response = await admin.PostAsync("/api/v1/tokens", body.AsJson(), Cancel);

        var problem = await response.ProblemAsync(code, HttpStatusCode.BadRequest);
        Assert.Contains(named, (string?)problem["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task AListComesInPages()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var admin = server.Client(server.AdminToken);
        for (var index = 0; index < 4; index++)
        {
            await admin.JsonAsync(HttpMethod.Post, "/api/v1/tokens", $$"""{"name":"t{{index}}","role":"viewer"}""", HttpStatusCode.Created);
        }

        var names = new List<string>();
        string? next = null;
        do
        {
            var page = await admin.JsonAsync(HttpMethod.Get, $"/api/v1/tokens?limit=2{(next is null ? string.Empty : $"&after={next}")}");
            Assert.InRange(page["items"]!.AsArray().Count, 1, 2);
            names.AddRange(page["items"]!.AsArray().Select(static token => (string)token!["name"]!));
            next = (string?)page["next"];
        }
        while (next is not null);

        Assert.Equal(["admin-token", "t0", "t1", "t2", "t3"], names.Order(StringComparer.Ordinal));
    }
}
