using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Signalbox.Audit.Tests.Api;
using Signalbox.Audit.Tests.Files;
using Signalbox.Server.Audit.Storage;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Server;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.Audit.Tests.Configuration;

public sealed class ConfigurationApiTests(SharedDatabases databases)
{
    private const string Path = "/api/v1/audit/config";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task ChangesTheRetentionAndRecordsTheChangeWithBothValues(string engine)
    {
        await using var server = await TestServer.StartAsync(Cancel, new TestServerSetup { Control = engine == "postgres" ? await databases.NewPostgreSqlAsync(Cancel) : null });
        using var client = server.Client(server.AdminToken);
        var before = await client.GetJsonAsync(Path);
        Assert.Equal(("90d", 90, "90d"), ((string?)before["retention"], (int)before["retentionDays"]!, (string?)before["defaultRetention"]));
        Assert.Null(before["changedAt"]);

        var after = await client.JsonAsync(HttpMethod.Put, Path, """{"retention":"P30D"}""");
        Assert.Equal(("30d", 30), ((string?)after["retention"], (int)after["retentionDays"]!));
        Assert.NotNull(after["changedAt"]);
        Assert.Equal("30d", (string?)(await client.GetJsonAsync(Path))["retention"]);

        var record = await Eventually.GetsAsync("the change is in the log", async () => (await client.GetJsonAsync("/api/v1/audit/events?action=audit.config.update"))["items"]!.AsArray().FirstOrDefault(), Cancel);
        Assert.Equal("mandatory", (string?)record["class"]);
        Assert.Equal("""[{"op":"replace","path":"/retentionDays","value":30,"old":90}]""", record["diff"]!.ToJsonString());
    }

    [Fact]
    public async Task PreviewsWhatWouldGoAndCountsWhatIsThere()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var client = server.Client(server.AdminToken);
        await client.JsonAsync(HttpMethod.Post, "/api/v1/tenants", """{"name":"old"}""", HttpStatusCode.Created);
        client.DefaultRequestHeaders.Add("X-Scope-OrgID", "old");
        await LogSeed.AddAsync(server.Services.GetRequiredService<AuditDatabase>(), "old", [.. Enumerable.Range(0, 600).Select(static _ => LogSeed.Body("old", "1"))]);
        var age = TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch;

        var none = await client.GetJsonAsync($"{Path}/preview?retention={age.Days + 1}d");
        Assert.Equal((0, 0), ((int)none["events"]!, (int)none["tiles"]!));
        Assert.Null(none["firstSequence"]);
        var some = await client.GetJsonAsync($"{Path}/preview?retention={age.Days - 1}d");
        Assert.Equal((512, 2, 0, 511, 512), ((int)some["events"]!, (int)some["tiles"]!, (int)some["firstSequence"]!, (int)some["lastSequence"]!, (int)some["completeFromSequence"]!));
        var shown = await client.GetJsonAsync(Path);
        Assert.Equal((long)some["events"]! + (long)some["kept"]!, (long)shown["size"]!);
        Assert.Equal(0, (long)shown["firstSequence"]!);
        Assert.NotNull(shown["firstTime"]);
    }

    [Theory]
    [InlineData("\"0d\"")]
    [InlineData("\"36501d\"")]
    [InlineData("\"36h\"")]
    [InlineData("\"soon\"")]
    [InlineData("\"\"")]
    public async Task TakesWholeDaysWithinItsBoundsAlone(string retention)
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var client = server.Client(server.AdminToken);

        var problem = await client.JsonAsync(HttpMethod.Put, Path, $$"""{"retention":{{retention}}}""", HttpStatusCode.BadRequest);
        Assert.Contains("36500d", problem.ErrorOf("retention"), StringComparison.Ordinal);
        (await client.GetJsonAsync($"{Path}/preview?retention={retention.Trim('"')}", HttpStatusCode.BadRequest)).ErrorOf("retention");
    }

    [Fact]
    public async Task IsChangedByAdminsWithTheScopeAlone()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var reader = await server.TokenClientAsync("operator");
        using var narrow = await server.TokenClientAsync("admin", "audit:read");
        using var admin = await server.TokenClientAsync("admin", "audit:admin");

        await reader.GetJsonAsync(Path);
        await reader.JsonAsync(HttpMethod.Put, Path, """{"retention":"30d"}""", HttpStatusCode.Forbidden);
        await narrow.JsonAsync(HttpMethod.Put, Path, """{"retention":"30d"}""", HttpStatusCode.Forbidden);
        await admin.JsonAsync(HttpMethod.Put, Path, """{"retention":"30d"}""");
        await admin.JsonAsync(HttpMethod.Put, Path, """{"retention":null}""", HttpStatusCode.BadRequest);
        await admin.JsonAsync(HttpMethod.Put, Path, """{"retention":"30d","size":1}""", HttpStatusCode.BadRequest);
    }

}
