using System.Net;
using System.Text.Json.Nodes;
using Signalbox.Audit.Tests.Api;
using Signalbox.Testing.Server;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.Audit.Tests.Filters;

public sealed class FilterTests(SharedDatabases databases)
{
    private const string Path = "/api/v1/audit/filters";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    [InlineData("mysql")]
    public async Task KeepsChangesAndForgetsFilters(string engine)
    {
        var control = engine switch { "postgres" => await databases.NewPostgreSqlAsync(Cancel), "mysql" => await databases.NewMariaDbAsync(Cancel), _ => null };
        await using var server = await TestServer.StartAsync(Cancel, new TestServerSetup { Control = control });
        using var user = await server.SignInAsync();

        await user.JsonAsync(HttpMethod.Put, $"{Path}/refunds", """{"query":"action=order.refund&range=24h"}""");
        await user.JsonAsync(HttpMethod.Put, $"{Path}/Ada%20%26%20Co", """{"query":"actor=ada"}""");
        var changed = await user.JsonAsync(HttpMethod.Put, $"{Path}/refunds", """{"query":"action=order.refund"}""");
        Assert.Equal("action=order.refund", (string?)changed["query"]);

        var first = await user.GetJsonAsync($"{Path}?limit=1");
        Assert.Equal("Ada & Co", (string?)Assert.Single(first["items"]!.AsArray())!["name"]);
        var second = await user.GetJsonAsync($"{Path}?limit=1&after={Uri.EscapeDataString((string)first["next"]!)}");
        Assert.Equal("refunds", (string?)Assert.Single(second["items"]!.AsArray())!["name"]);
        Assert.Null(second["next"]);

        await user.JsonAsync(HttpMethod.Delete, $"{Path}/refunds", null, HttpStatusCode.NoContent);
        await user.JsonAsync(HttpMethod.Delete, $"{Path}/refunds", null, HttpStatusCode.NotFound);
        Assert.Single((await user.GetJsonAsync(Path))["items"]!.AsArray());
    }

    [Fact]
    public async Task BelongToOneUserInOneTenantAndNotToTokens()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var user = await server.SignInAsync();
        using var token = server.Client(server.AdminToken);
        await user.JsonAsync(HttpMethod.Put, $"{Path}/mine", """{"query":"actor=ada"}""");

        Assert.Empty((await token.GetJsonAsync(Path))["items"]!.AsArray());
        Assert.Equal("users_only", (string?)(await token.JsonAsync(HttpMethod.Put, $"{Path}/mine", """{"query":""}""", HttpStatusCode.Forbidden))["code"]);
        Assert.Equal("users_only", (string?)(await token.JsonAsync(HttpMethod.Delete, $"{Path}/mine", null, HttpStatusCode.Forbidden))["code"]);

        using var created = await server.SignInOtherAsync("grace");
        Assert.Empty((await created.GetJsonAsync(Path))["items"]!.AsArray());
        Assert.Single((await user.GetJsonAsync(Path))["items"]!.AsArray());
    }

    [Fact]
    public async Task RefusesMoreThanTheSettingAllowsAndStillChangesThoseThatAreThere()
    {
        await using var server = await TestServer.StartAsync(Cancel, new TestServerSetup { Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["audit.filters_per_user"] = "2" } });
        using var user = await server.SignInAsync();
        await user.JsonAsync(HttpMethod.Put, $"{Path}/one", """{"query":""}""");
        await user.JsonAsync(HttpMethod.Put, $"{Path}/two", """{"query":""}""");

        var problem = await user.JsonAsync(HttpMethod.Put, $"{Path}/three", """{"query":""}""", HttpStatusCode.Conflict);
        Assert.Equal("too_many_filters", (string?)problem["code"]);
        await user.JsonAsync(HttpMethod.Put, $"{Path}/two", """{"query":"actor=ada"}""");
    }

    [Fact]
    public async Task NamesTheMemberThatIsWrong()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var user = await server.SignInAsync();

        Assert.Contains("'colour'", (await RefuseAsync("x", """{"query":"actor=ada&colour=red"}""")).ErrorOf("query"), StringComparison.Ordinal);
        Assert.Contains("4000", (await RefuseAsync("x", $$"""{"query":"actor={{new string('a', 4000)}}"}""")).ErrorOf("query"), StringComparison.Ordinal);
        Assert.Contains("question mark", (await RefuseAsync("x", """{"query":"?actor=ada"}""")).ErrorOf("query"), StringComparison.Ordinal);
        Assert.Contains("100", (await RefuseAsync(new string('n', 101), """{"query":""}""")).ErrorOf("name"), StringComparison.Ordinal);
        Assert.Contains("blanks", (await RefuseAsync("%20x", """{"query":""}""")).ErrorOf("name"), StringComparison.Ordinal);
        Assert.Equal("unknown_member", (string?)(await RefuseAsync("x", """{"query":"","size":1}"""))["code"]);
        Assert.Equal("missing_member", (string?)(await RefuseAsync("x", "{}"))["code"]);

        Task<JsonNode> RefuseAsync(string name, string body) => user.JsonAsync(HttpMethod.Put, $"{Path}/{name}", body, HttpStatusCode.BadRequest);
    }
}
