using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Signalbox.Server.Identity;
using Signalbox.Server.Platform.Audit;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Audit.Tests.Requests;

/// <summary>Whatever is called that may change something leaves a record: allowed, refused or wrong.</summary>
public sealed class EveryEndpointTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryEndpointThatMayChangeSomethingSaysWhatItIs()
    {
        await using var server = await TestServer.StartAsync(Cancel);

        var silent = Writes(server).Where(static write => write.Pattern != "/prometheus/api/v1/{**rest}" && write.Endpoint.Metadata.GetMetadata<AuditedEndpoint>() is null);

        Assert.Empty(silent.Select(static write => $"{write.Method} {write.Pattern}: declare it with .Audited(action, resourceType)"));
    }

    [Fact]
    public async Task EveryDeclaredActionIsInAVocabulary()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        var vocabularies = server.Services.GetRequiredService<AuditVocabularies>();

        Assert.All(Writes(server).Select(static write => write.Endpoint.Metadata.GetMetadata<AuditedEndpoint>()).OfType<AuditedEndpoint>(), audited =>
        {
            Assert.True(vocabularies.TryFindAction(audited.Action.Name, out _), audited.Action.Name);
            Assert.True(vocabularies.TryFindResourceType(audited.ResourceType.Name, out _), audited.ResourceType.Name);
        });
    }

    [Theory]
    [InlineData(Caller.Admin)]
    [InlineData(Caller.Viewer)]
    [InlineData(Caller.Stranger)]
    public async Task EveryCallLeavesARecord(Caller caller)
    {
        var trail = new RecordingTrail();
        await using var server = await TestServer.StartAsync(Cancel, new TestServerSetup { Adjust = builder => builder.Services.AddSingleton<IAuditTrail>(trail) });
        var token = caller switch { Caller.Admin => server.AdminToken, Caller.Viewer => await ViewerTokenAsync(server), _ => null };
        var forgotten = new List<string>();
        foreach (var (endpoint, method, pattern) in Writes(server))
        {
            // Each from a caller of its own, so that no summary stands for another call.
            await using var fresh = caller == Caller.Stranger || pattern == "/api/v1/session/link" ? await TestServer.StartAsync(Cancel, new TestServerSetup { Adjust = builder => builder.Services.AddSingleton<IAuditTrail>(trail) }) : null;
            using var client = (fresh ?? server).Client(token);
            trail.Clear();
            using var request = Request(fresh ?? server, method, pattern);
            using var response = await client.SendAsync(request, Cancel);
            if (pattern == "/api/v1/audit/keys/rotate" && response.IsSuccessStatusCode)
            {
                // Its record is in the log itself before the key is changed, by no trail that could be replaced.
                continue;
            }

            // An answer may arrive before the server has written down that it gave it.
            await Eventually.HoldsAsync($"{method} {pattern} left a record", () => Task.FromResult(trail.Records.Any(static record => record.Scope is { Loop: null })), Cancel);
            var records = trail.Records.Where(static record => record.Scope is { Loop: null }).ToList();
            if (records.Count == 0 || !Matches((int)response.StatusCode, records[^1].Event.Outcome, pattern))
            {
                forgotten.Add($"{method} {pattern} → {(int)response.StatusCode}: {string.Join(", ", records.Select(static record => $"{record.Event.Action} {record.Event.Outcome}"))}");
            }
        }

        Assert.Empty(forgotten);
    }

    [Fact]
    public async Task ARecordTellsWhoAskedAndFromWhere()
    {
        var trail = new RecordingTrail();
        await using var server = await TestServer.StartAsync(
            Cancel,
            new TestServerSetup
            {
                Adjust = builder => builder.Services.AddSingleton<IAuditTrail>(trail),
                Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["trusted_proxies"] = "127.0.0.0/8,10.0.0.0/8" },
            });
        using var client = server.Client(server.AdminToken);
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "198.51.100.9, 203.0.113.7, 10.1.2.3");
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("signalbox-cli", "1.0"));
        trail.Clear();

        using var response = await client.DeleteAsync(new Uri("/api/v1/tokens/nope", UriKind.Relative), Cancel);
        await Eventually.HoldsAsync("it left a record", () => Task.FromResult(trail.Records.Any(static record => record.Scope is { Loop: null })), Cancel);

        var (auditEvent, scope) = Assert.Single(trail.Records, static record => record.Scope is { Loop: null });
        Assert.Equal(("token.revoke", AuditOutcome.Failed, "nope"), (auditEvent.Action.Name, auditEvent.Outcome, auditEvent.Resource.Id));
        Assert.Equal(("token", "admin-token", auditEvent.Actor.Id), (auditEvent.Actor.Kind, auditEvent.Actor.Name, auditEvent.Actor.TokenId));
        Assert.Equal(("cli", "203.0.113.7", "127.0.0.1", "198.51.100.9, 203.0.113.7, 10.1.2.3"), (scope!.Source, scope.Address, scope.Peer, scope.AddressChain));
        Assert.NotNull(scope.RequestId);
    }

    private static HttpRequestMessage Request(TestServer server, string method, string pattern) => IsGrpc(pattern)
        ? new HttpRequestMessage(HttpMethod.Post, new Uri(server.OtlpGrpc, pattern)) { Version = System.Net.HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = new ByteArrayContent([0, 0, 0, 0, 1, 7]) { Headers = { ContentType = new MediaTypeHeaderValue("application/grpc") } } }
        : new HttpRequestMessage(new HttpMethod(method), Filled(pattern)) { Content = new StringContent("{}", Encoding.UTF8, pattern.EndsWith("/add-checkpoint", StringComparison.Ordinal) ? "text/plain" : "application/json") };

    private static bool IsGrpc(string pattern) => pattern.StartsWith("/opentelemetry.", StringComparison.Ordinal);

    private static bool Matches(int status, AuditOutcome outcome, string pattern) => outcome == status switch
    {
        < 400 => AuditOutcome.Succeeded,
        401 or 403 => AuditOutcome.Denied,
        _ => AuditOutcome.Failed,
    } || (IsGrpc(pattern) && outcome != AuditOutcome.Succeeded);

    private static string Filled(string pattern) => System.Text.RegularExpressions.Regex.Replace(pattern, @"\{[^}]*\}", "nothing", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));

    private static IEnumerable<(RouteEndpoint Endpoint, string Method, string Pattern)> Writes(TestServer server) =>
        from endpoint in server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["POST"]
        where method is not ("GET" or "HEAD")
        select (endpoint, method, AccessTable.PatternOf(endpoint));

    private static async Task<string> ViewerTokenAsync(TestServer server)
    {
        using var admin = server.Client(server.AdminToken);
        using var content = new StringContent("""{"name":"viewer","role":"viewer"}""", Encoding.UTF8, "application/json");
        using var response = await admin.PostAsync(new Uri("/api/v1/tokens", UriKind.Relative), content, Cancel);
        return (string)System.Text.Json.Nodes.JsonNode.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(Cancel))!["secret"]!;
    }
}

/// <summary>Who calls.</summary>
public enum Caller
{
    Admin,
    Viewer,
    Stranger,
}
