using System.Net;
using System.Text.Json.Nodes;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Server.Tests.Identity;

public sealed class UserTests
{
    private const string Path = "/api/v1/users";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnInvitedUserComesByLinkAndSetsAPassword()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var admin = server.Client(server.AdminToken);
        var created = await admin.JsonAsync(HttpMethod.Post, Path, """{"name":"李雷","role":"viewer"}""", HttpStatusCode.Created);
        var link = (string)created["signInLink"]!["path"]!;
        Assert.StartsWith("/sign-in#link=", link, StringComparison.Ordinal);
        Assert.False((bool)created["user"]!["hasPassword"]!);

        using var browser = await SignedIn.ByLinkAsync(server, link["/sign-in#link=".Length..]);
        await browser.OpenAsync(HttpMethod.Put, "/api/v1/session/password", $$"""{"newPassword":"{{SignedIn.Password}}"}""");
        using var again = await SignedIn.ByPasswordAsync(server, "李雷");

        Assert.Equal("viewer", (string?)again.Session["user"]!["role"]);
        var users = (await admin.JsonAsync(HttpMethod.Get, Path))["items"]!.AsArray();
        Assert.Equal(["admin", "李雷"], users.Select(static user => (string)user!["name"]!));
        Assert.True((bool)users[1]!["hasPassword"]!);
        Assert.NotNull(users[1]!["lastSeenAt"]);
        Assert.Null(users[0]!["lastSeenAt"]);
    }

    [Fact]
    public async Task AGivenPasswordHasToBeChanged()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var admin = server.Client(server.AdminToken);
        var created = await admin.JsonAsync(HttpMethod.Post, Path, """{"name":"eve","role":"operator","password":"a first password"}""", HttpStatusCode.Created);
        Assert.Null(created["signInLink"]);

        using var browser = await SignedIn.ByPasswordAsync(server, "eve", "a first password");

        Assert.True((bool)browser.Session["user"]!["mustSetPassword"]!);
    }

    [Fact]
    public async Task NamesAreUniqueWhateverTheirCase()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var admin = server.Client(server.AdminToken);

        using var taken = await admin.PostAsync(Path, """{"name":"Admin","role":"viewer"}""".AsJson(), Cancel);

        await taken.ProblemAsync("user_name_taken", HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task DisablingOrResettingAUserEndsItsSessions()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var admin = server.Client(server.AdminToken);
        var id = await CreateAsync(admin, "eve", "operator");
        using var first = await SignedIn.ByPasswordAsync(server, "eve");

        await admin.JsonAsync(HttpMethod.Patch, $"{Path}/{id}", """{"disabled":true}""");
        using var ended = await first.Client.GetAsync("/api/v1/session", Cancel);
        await ended.ProblemAsync("session_expired", HttpStatusCode.Unauthorized);
        using var client = server.Client();
        using var refused = await client.PostAsync("/api/v1/session", $$"""{"name":"eve","password":"{{SignedIn.Password}}"}""".AsJson(), Cancel);
        await refused.ProblemAsync("sign_in_failed", HttpStatusCode.Unauthorized);

        await admin.JsonAsync(HttpMethod.Patch, $"{Path}/{id}", """{"disabled":false}""");
        using var second = await SignedIn.ByPasswordAsync(server, "eve");
        var link = await admin.JsonAsync(HttpMethod.Post, $"{Path}/{id}/sign-in-link", "{}");
        using var reset = await second.Client.GetAsync("/api/v1/session", Cancel);
        await reset.ProblemAsync("session_expired", HttpStatusCode.Unauthorized);
        using var back = await SignedIn.ByLinkAsync(server, ((string)link["path"]!).Split('=')[1]);
        Assert.True((bool)back.Session["user"]!["mustSetPassword"]!);
    }

    [Fact]
    public async Task ARoleCountsFromTheNextRequestOn()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var admin = server.Client(server.AdminToken);
        var id = await CreateAsync(admin, "eve", "admin");
        using var browser = await SignedIn.ByPasswordAsync(server, "eve");
        await browser.Client.JsonAsync(HttpMethod.Get, Path);

        await admin.JsonAsync(HttpMethod.Patch, $"{Path}/{id}", """{"role":"viewer"}""");

        using var refused = await browser.Client.GetAsync(Path, Cancel);
        await refused.ProblemAsync("role_missing", HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("PATCH", """{"disabled":true}""")]
    [InlineData("PATCH", """{"role":"operator"}""")]
    [InlineData("PATCH", """{"tenants":["default"]}""")]
    [InlineData("DELETE", null)]
    public async Task TheLastAdminStays(string method, string? body)
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var admin = server.Client(server.AdminToken);
        var id = (string)(await admin.JsonAsync(HttpMethod.Get, Path))["items"]![0]!["id"]!;

        await admin.JsonAsync(new HttpMethod(method), $"{Path}/{id}", body, HttpStatusCode.Conflict);

        // With another one in place it may go.
        await admin.JsonAsync(HttpMethod.Post, Path, """{"name":"second","role":"admin","tenants":["*"]}""", HttpStatusCode.Created);
        await admin.JsonAsync(new HttpMethod(method), $"{Path}/{id}", body, method == "DELETE" ? HttpStatusCode.NoContent : HttpStatusCode.OK);
    }

    [Fact]
    public async Task NobodySetsTheirOwnPasswordWithoutTheCurrentOne()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var browser = await SignedIn.WithPasswordAsync(server);
        var id = (string)browser.Session["user"]!["id"]!;

        using var patched = await browser.Client.PatchAsync($"{Path}/{id}", """{"password":"another good password"}""".AsJson(), Cancel);
        await patched.ProblemAsync("own_password", HttpStatusCode.Conflict);
        using var reset = await browser.Client.PostAsync($"{Path}/{id}/sign-in-link", content: null, Cancel);
        await reset.ProblemAsync("own_password", HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task WhoIsNotThereIsNotFound()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var admin = server.Client(server.AdminToken);

        using var patched = await admin.PatchAsync($"{Path}/nobody", """{"role":"viewer"}""".AsJson(), Cancel);
        await patched.ProblemAsync("user_not_found", HttpStatusCode.NotFound);
        using var deleted = await admin.DeleteAsync($"{Path}/nobody", Cancel);
        await deleted.ProblemAsync("user_not_found", HttpStatusCode.NotFound);
    }

    private static async Task<string> CreateAsync(HttpClient admin, string name, string role)
    {
        var body = new JsonObject { ["name"] = name, ["role"] = role, ["password"] = SignedIn.Password };
        return (string)(await admin.JsonAsync(HttpMethod.Post, Path, body.ToJsonString(), HttpStatusCode.Created))["user"]!["id"]!;
    }
}
