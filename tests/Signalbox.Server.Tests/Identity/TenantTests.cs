using System.Net;
using System.Text.Json.Nodes;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Server.Tests.Identity;

public sealed class TenantTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ATokenSeesNothingOfAnotherTenant()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var admin = server.Client(server.AdminToken);
        using var blue = await TenantAdminAsync(server, admin, "blue");
        var secretOfDefault = (string)(await admin.JsonAsync(HttpMethod.Post, "/api/v1/tokens", """{"name":"default-only","role":"viewer"}""", HttpStatusCode.Created))["token"]!["id"]!;
        var userOfDefault = (string)(await admin.JsonAsync(HttpMethod.Get, "/api/v1/users"))["items"]![0]!["id"]!;
        await blue.JsonAsync(HttpMethod.Post, "/api/v1/users", """{"name":"admin","role":"admin"}""", HttpStatusCode.Created);

        var tokens = await blue.JsonAsync(HttpMethod.Get, "/api/v1/tokens");
        var users = await blue.JsonAsync(HttpMethod.Get, "/api/v1/users");
        var tenants = await blue.JsonAsync(HttpMethod.Get, "/api/v1/tenants");

        Assert.Equal("blue-admin", (string?)Assert.Single(tokens["items"]!.AsArray())!["name"]);
        Assert.Equal("blue", (string?)Assert.Single(users["items"]!.AsArray())!["tenant"]);
        Assert.Equal("blue", (string?)Assert.Single(tenants["items"]!.AsArray())!["name"]);
        using var revoked = await blue.DeleteAsync($"/api/v1/tokens/{secretOfDefault}", Cancel);
        await revoked.ProblemAsync("token_not_found", HttpStatusCode.NotFound);
        using var changed = await blue.PatchAsync($"/api/v1/users/{userOfDefault}", """{"role":"viewer"}""".AsJson(), Cancel);
        await changed.ProblemAsync("user_not_found", HttpStatusCode.NotFound);
        using var deleted = await blue.DeleteAsync($"/api/v1/users/{userOfDefault}", Cancel);
        await deleted.ProblemAsync("user_not_found", HttpStatusCode.NotFound);
        using var linked = await blue.PostAsync($"/api/v1/users/{userOfDefault}/sign-in-link", content: null, Cancel);
        await linked.ProblemAsync("user_not_found", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task TheHeaderChoosesATenantForThoseWhoReachIt()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var admin = server.Client(server.AdminToken);
        using var blue = await TenantAdminAsync(server, admin, "blue");
        await admin.JsonAsync(HttpMethod.Post, "/api/v1/tenants", """{"name":"red"}""", HttpStatusCode.Created);
        using var some = server.Client((string)(await admin.JsonAsync(
            HttpMethod.Post, "/api/v1/tokens", """{"name":"some","role":"admin","tenants":["blue"]}""", HttpStatusCode.Created))["secret"]!);

        using var inBlue = await SendAsync(some, "blue");
        Assert.Equal("blue-admin", (string?)(await inBlue.ReadAsync())["items"]![0]!["name"]);
        using var inRed = await SendAsync(some, "red");
        await inRed.ProblemAsync("tenant_not_allowed", HttpStatusCode.Forbidden);
        using var nowhere = await SendAsync(admin, "nowhere");
        await nowhere.ProblemAsync("tenant_not_allowed", HttpStatusCode.Forbidden);
        using var strayed = await SendAsync(blue, "default");
        await strayed.ProblemAsync("tenant_not_allowed", HttpStatusCode.Forbidden);
        using var own = await SendAsync(blue, "blue");
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
    }

    [Fact]
    public async Task OnlyThoseWhoReachAllCreateTenants()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var admin = server.Client(server.AdminToken);
        using var blue = await TenantAdminAsync(server, admin, "blue");

        using var refused = await blue.PostAsync("/api/v1/tenants", """{"name":"green"}""".AsJson(), Cancel);
        await refused.ProblemAsync("all_tenants_needed", HttpStatusCode.Forbidden);
        using var twice = await admin.PostAsync("/api/v1/tenants", """{"name":"blue"}""".AsJson(), Cancel);
        await twice.ProblemAsync("tenant_exists", HttpStatusCode.Conflict);
        using var invalid = await admin.PostAsync("/api/v1/tenants", """{"name":"Blue Team"}""".AsJson(), Cancel);
        await invalid.ProblemAsync("invalid_member", HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task OnlyAdminsOfTheDefaultTenantReachFurther()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var admin = server.Client(server.AdminToken);
        using var blue = await TenantAdminAsync(server, admin, "blue");

        using var outside = await blue.PostAsync("/api/v1/tokens", """{"name":"x","role":"admin","tenants":["default"]}""".AsJson(), Cancel);
        await outside.ProblemAsync("span_not_allowed", HttpStatusCode.Forbidden);
        using var viewer = await admin.PostAsync("/api/v1/tokens", """{"name":"x","role":"viewer","tenants":["*"]}""".AsJson(), Cancel);
        await viewer.ProblemAsync("span_not_allowed", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task ASessionChoosesItsTenant()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var admin = server.Client(server.AdminToken);
        using var blue = await TenantAdminAsync(server, admin, "blue");
        await blue.JsonAsync(HttpMethod.Post, "/api/v1/users", $$"""{"name":"bob","role":"admin","password":"{{SignedIn.Password}}"}""", HttpStatusCode.Created);
        using var browser = await SignedIn.WithPasswordAsync(server);

        await browser.Client.JsonAsync(HttpMethod.Put, "/api/v1/session/tenant", """{"tenant":"blue"}""");
        Assert.Equal("blue", (string?)(await browser.Client.JsonAsync(HttpMethod.Get, "/api/v1/session"))["tenant"]);
        var users = await browser.Client.JsonAsync(HttpMethod.Get, "/api/v1/users");
        Assert.Equal("bob", (string?)Assert.Single(users["items"]!.AsArray())!["name"]);

        // Signing in can name the tenant to enter, for its own users and for those who reach it.
        using var bob = await SignedIn.ByPasswordAsync(server, "bob", tenant: "blue");
        Assert.Equal("blue", (string?)bob.Session["tenant"]);
        using var visitor = await SignedIn.ByPasswordAsync(server, "admin", tenant: "blue");
        Assert.Equal("blue", (string?)visitor.Session["tenant"]);
        using var refused = await bob.Client.PutAsync("/api/v1/session/tenant", """{"tenant":"default"}""".AsJson(), Cancel);
        await refused.ProblemAsync("tenant_not_allowed", HttpStatusCode.Forbidden);
    }

    internal static async Task<HttpClient> TenantAdminAsync(TestServer server, HttpClient admin, string tenant)
    {
        await admin.JsonAsync(HttpMethod.Post, "/api/v1/tenants", $$"""{"name":"{{tenant}}","displayName":"Team {{tenant}}"}""", HttpStatusCode.Created);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/tokens") { Content = $$"""{"name":"{{tenant}}-admin","role":"admin"}""".AsJson() };
        request.Headers.Add("X-Scope-OrgID", tenant);
        using var response = await admin.SendAsync(request, Cancel);
        JsonNode created = await response.ReadAsync(HttpStatusCode.Created);
        return server.Client((string)created["secret"]!);
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, string tenant)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/tokens");
        request.Headers.Add("X-Scope-OrgID", tenant);
        return client.SendAsync(request, Cancel);
    }
}
