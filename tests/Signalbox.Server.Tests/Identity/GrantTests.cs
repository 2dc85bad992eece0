using System.Net;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Server.Tests.Identity;

public sealed class GrantTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("viewer")]
    [InlineData("operator")]
    [InlineData("release-manager")]
    public async Task ALesserRoleAdministersNothing(string role)
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var admin = server.Client(server.AdminToken);
        using var client = await TokenAsync(server, admin, $$"""{"name":"lesser","role":"{{role}}"}""");

        foreach (var path in new[] { "/api/v1/tokens", "/api/v1/users", "/api/v1/tenants" })
        {
            using var read = await client.GetAsync(path, Cancel);
            var problem = await read.ProblemAsync("role_missing", HttpStatusCode.Forbidden);
            Assert.Equal("admin", (string?)problem["requiredRole"]);
            using var written = await client.PostAsync(path, """{"name":"x","role":"viewer"}""".AsJson(), Cancel);
            await written.ProblemAsync("role_missing", HttpStatusCode.Forbidden);
        }

        await client.JsonAsync(HttpMethod.Get, "/api/v1/scopes");
    }

    [Fact]
    public async Task AScopeOpensItsOwnEndpointsOnly()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var admin = server.Client(server.AdminToken);
        using var client = await TokenAsync(server, admin, """{"name":"narrow","role":"admin","scopes":["users:admin"]}""");

        await client.JsonAsync(HttpMethod.Get, "/api/v1/users");
        using var refused = await client.GetAsync("/api/v1/tokens", Cancel);

        var problem = await refused.ProblemAsync("scope_missing", HttpStatusCode.Forbidden);
        Assert.Equal("tokens:admin", (string?)problem["requiredScope"]);
    }

    [Theory]
    [InlineData("""{"name":"x","role":"admin"}""")]
    [InlineData("""{"name":"x","role":"viewer"}""")]
    [InlineData("""{"name":"x","role":"viewer","scopes":["metrics:read"]}""")]
    [InlineData("""{"name":"x","role":"admin","scopes":["tokens:admin","users:admin"]}""")]
    [InlineData("""{"name":"x","role":"admin","scopes":["tokens:admin"],"tenants":["*"]}""")]
    public async Task ATokenGrantsNoMoreThanItHolds(string body)
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var admin = server.Client(server.AdminToken);
        using var client = await TokenAsync(server, admin, """{"name":"narrow","role":"admin","scopes":["tokens:admin"]}""");

        using var refused = await client.PostAsync("/api/v1/tokens", body.AsJson(), Cancel);
        await refused.ProblemAsync("grant_exceeds_own", HttpStatusCode.Forbidden);

        await client.JsonAsync(HttpMethod.Post, "/api/v1/tokens", """{"name":"x","role":"viewer","scopes":["tokens:admin"]}""", HttpStatusCode.Created);
    }

    [Fact]
    public async Task ATokenGrantsNoLongerLifeThanItsOwn()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var admin = server.Client(server.AdminToken);
        using var client = await TokenAsync(server, admin, """{"name":"short","role":"admin","expiresIn":"1h"}""");

        using var forever = await client.PostAsync("/api/v1/tokens", """{"name":"x","role":"viewer"}""".AsJson(), Cancel);
        await forever.ProblemAsync("grant_exceeds_own", HttpStatusCode.Forbidden);
        using var longer = await client.PostAsync("/api/v1/tokens", """{"name":"x","role":"viewer","expiresIn":"P1D"}""".AsJson(), Cancel);
        await longer.ProblemAsync("grant_exceeds_own", HttpStatusCode.Forbidden);
        await client.JsonAsync(HttpMethod.Post, "/api/v1/tokens", """{"name":"x","role":"viewer","expiresIn":"30m"}""", HttpStatusCode.Created);
    }

    [Fact]
    public async Task ANarrowedTokenMakesNoAdminAndTouchesNone()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var admin = server.Client(server.AdminToken);
        using var client = await TokenAsync(server, admin, """{"name":"narrow","role":"admin","scopes":["users:admin"]}""");
        var adminId = (string)(await admin.JsonAsync(HttpMethod.Get, "/api/v1/users"))["items"]![0]!["id"]!;

        using var created = await client.PostAsync("/api/v1/users", """{"name":"x","role":"admin"}""".AsJson(), Cancel);
        await created.ProblemAsync("grant_exceeds_own", HttpStatusCode.Forbidden);
        using var changed = await client.PatchAsync($"/api/v1/users/{adminId}", """{"password":"a password of mine"}""".AsJson(), Cancel);
        await changed.ProblemAsync("grant_exceeds_own", HttpStatusCode.Forbidden);
        using var reset = await client.PostAsync($"/api/v1/users/{adminId}/sign-in-link", content: null, Cancel);
        await reset.ProblemAsync("grant_exceeds_own", HttpStatusCode.Forbidden);
    }

    private static async Task<HttpClient> TokenAsync(TestServer server, HttpClient admin, string body) =>
        server.Client((string)(await admin.JsonAsync(HttpMethod.Post, "/api/v1/tokens", body, HttpStatusCode.Created))["secret"]!);
}
