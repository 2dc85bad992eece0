using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Signalbox.Server.Identity.Sessions;
using Signalbox.Server.Platform;
using Signalbox.Server.Platform.Control;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Server;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.Server.Tests.Identity.Shared;

/// <summary>Several instances on one database behave as one server, within the times that are promised.</summary>
public abstract class InstancesConformance : IAsyncLifetime
{
    private readonly SharedDatabases _databases;
    private readonly ControlEngine _engine;
    private readonly List<TestServer> _servers = [];
    private string _url = string.Empty;

    private protected InstancesConformance(SharedDatabases databases, ControlEngine engine)
    {
        _databases = databases;
        _engine = engine;
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _url = _engine == ControlEngine.PostgreSql ? await _databases.NewPostgreSqlAsync(Cancel) : await _databases.NewMariaDbAsync(Cancel);

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task AFirstStartOfSeveralMakesOneAdminAndAllCanBeUsed()
    {
        var servers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => StartAsync())));

        var first = Assert.Single(servers, static server => File.Exists(Path.Combine(server.DataFolder, "admin-token")));
        foreach (var server in servers)
        {
            using var client = server.Client(first.AdminToken);
            Assert.Single((await client.JsonAsync(HttpMethod.Get, "/api/v1/users"))["items"]!.AsArray());
            Assert.Single((await client.JsonAsync(HttpMethod.Get, "/api/v1/tokens"))["items"]!.AsArray());
        }

        // Each printed a link of its own: the first that is used signs in, and none works afterwards.
        using var browser = await SignedIn.ByStartLinkAsync(servers[2]);
        using var late = servers[0].Client();
        using var refused = await late.PostAsync("/api/v1/session/link", $$"""{"token":"{{SignedIn.StartLinkOf(servers[1])}}"}""".AsJson(), Cancel);
        await refused.ProblemAsync("link_expired", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task ATokenRevokedOnOneIsRefusedByTheOtherAfterFiveSecondsAtMost()
    {
        var clock = new FakeClock();
        var one = await StartAsync();
        var other = await StartAsync(clock);
        using var admin = one.Client(one.AdminToken);
        var created = await admin.JsonAsync(HttpMethod.Post, "/api/v1/tokens", """{"name":"shared","role":"viewer"}""", HttpStatusCode.Created);
        using var client = other.Client((string)created["secret"]!);
        await client.JsonAsync(HttpMethod.Get, "/api/v1/system");

        await admin.JsonAsync(HttpMethod.Delete, $"/api/v1/tokens/{(string)created["token"]!["id"]!}", expected: HttpStatusCode.NoContent);
        clock.Advance(TimeSpan.FromSeconds(5.001));

        using var refused = await client.GetAsync("/api/v1/system", Cancel);
        await refused.ProblemAsync("token_revoked", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task ATokenThatIsUsedAllTheTimeIsReadAgainEarlier()
    {
        var clock = new FakeClock();
        var one = await StartAsync();
        var other = await StartAsync(clock);
        using var admin = one.Client(one.AdminToken);
        var created = await admin.JsonAsync(HttpMethod.Post, "/api/v1/tokens", """{"name":"shared","role":"viewer"}""", HttpStatusCode.Created);
        using var client = other.Client((string)created["secret"]!);
        await client.JsonAsync(HttpMethod.Get, "/api/v1/system");
        await admin.JsonAsync(HttpMethod.Delete, $"/api/v1/tokens/{(string)created["token"]!["id"]!}", expected: HttpStatusCode.NoContent);

        clock.Advance(TimeSpan.FromSeconds(1));
        await client.JsonAsync(HttpMethod.Get, "/api/v1/system");
        clock.Advance(TimeSpan.FromSeconds(1.001));

        using var refused = await client.GetAsync("/api/v1/system", Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Fact]
    public async Task ASessionHoldsOnEveryInstanceAndEndsOnEveryInstance()
    {
        var one = await StartAsync();
        var other = await StartAsync();
        using var browser = await SignedIn.WithPasswordAsync(one);
        using var continued = other.Client();
        continued.DefaultRequestHeaders.Add("Cookie", browser.Cookie);
        Assert.Equal("admin", (string?)(await continued.JsonAsync(HttpMethod.Get, "/api/v1/session"))["user"]!["name"]);

        using var second = await SignedIn.ByPasswordAsync(other, "admin");
        await second.OpenAsync(HttpMethod.Put, "/api/v1/session/password", $$"""{"currentPassword":"{{SignedIn.Password}}","newPassword":"another {{SignedIn.Password}}"}""");

        using var ended = await continued.GetAsync("/api/v1/session", Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, ended.StatusCode);
    }

    [Fact]
    public async Task ATenantOfOneIsKnownToTheOther()
    {
        var one = await StartAsync();
        var other = await StartAsync();
        using var admin = one.Client(one.AdminToken);
        await admin.JsonAsync(HttpMethod.Post, "/api/v1/tenants", """{"name":"blue"}""", HttpStatusCode.Created);
        using var client = other.Client(one.AdminToken);
        client.DefaultRequestHeaders.Add("X-Scope-OrgID", "blue");

        // Other instances read the tenants every two seconds.
        await Eventually.HoldsAsync(
            "the other instance knew the tenant",
            async () =>
            {
                using var response = await client.GetAsync("/api/v1/tokens", Cancel);
                return response.IsSuccessStatusCode;
            },
            Cancel);
    }

    [Fact]
    public async Task TheLastAdminStaysHoweverManyAreChangedAtOnce()
    {
        var one = await StartAsync();
        var other = await StartAsync();
        using var admin = one.Client(one.AdminToken);
        using var same = other.Client(one.AdminToken);
        var users = new List<string> { (string)(await admin.JsonAsync(HttpMethod.Get, "/api/v1/users"))["items"]![0]!["id"]! };
        users.Add((string)(await admin.JsonAsync(HttpMethod.Post, "/api/v1/users", """{"name":"second","role":"admin","tenants":["*"]}""", HttpStatusCode.Created))["user"]!["id"]!);

        var changes = await Task.WhenAll(users.Select((id, index) => (index == 0 ? admin : same).PatchAsync($"/api/v1/users/{id}", """{"disabled":true}""".AsJson(), Cancel)));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict], changes.Select(static change => change.StatusCode).Order());
    }

    [Fact]
    public async Task TheSystemReportNamesTheDatabase()
    {
        var server = await StartAsync();
        using var client = server.Client(server.AdminToken);

        var control = (await client.JsonAsync(HttpMethod.Get, "/api/v1/system"))["control"]!;

        Assert.Equal(_engine == ControlEngine.PostgreSql ? "postgresql" : "mysql", (string?)control["engine"]);
        Assert.True((bool)control["shared"]!);
        Assert.True((bool)control["reachable"]!);
        Assert.Null(server.Services.GetRequiredService<Readiness>().Missing);
    }

    private async Task<TestServer> StartAsync(TimeProvider? clock = null)
    {
        var server = await TestServer.StartAsync(Cancel, new TestServerSetup { Control = _url, Clock = clock ?? TimeProvider.System });
        lock (_servers)
        {
            _servers.Add(server);
        }

        return server;
    }
}
