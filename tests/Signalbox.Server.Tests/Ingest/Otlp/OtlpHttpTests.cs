using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Signalbox.Server.Tests.Identity;
using Signalbox.Telemetry;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Server.Tests.Ingest.Otlp;

public sealed class OtlpHttpTests
{
    private const string Json = "application/json";

    /// <summary>2026-03-04T05:06:07Z, where the fake clock starts, in nanoseconds.</summary>
    private const string Now = "1772600767000000000";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TakesJsonOnTheMainAddress()
    {
        await using var server = await StartAsync();

        var answer = await SendAsync(server, server.Address, "/otlp/v1/metrics", Gauge("queue.depth", 7));

        Assert.Equal("{}", answer.ToJsonString());
        var series = Assert.Single(await server.SeriesAsync(TenantId.Default, "queue_depth", Cancel));
        Assert.Equal(7, series.Last);
        Assert.Equal("shop/cart", series.Labels.Get("job"));
        Assert.Equal("i-1", series.Labels.Get("instance"));
        Assert.Single(await server.SeriesAsync(TenantId.Default, "target_info", Cancel));
    }

    [Fact]
    public async Task TakesGzipOnItsOwnPort()
    {
        await using var server = await StartAsync();
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(Gauge("queue.depth", 7)), Cancel);
        }

        await SendAsync(server, server.OtlpHttp, "/v1/metrics", packed.ToArray(), "gzip");

        Assert.Single(await server.SeriesAsync(TenantId.Default, "queue_depth", Cancel));
    }

    [Fact]
    public async Task AnswersPartialSuccessThatNamesTheLimit()
    {
        await using var server = await StartAsync(("metrics.max_label_value_bytes", "20"));

        var answer = await SendAsync(server, server.Address, "/otlp/v1/metrics", Gauge("queue.depth", 7, "a value that is longer than that"));

        Assert.Equal("1", (string?)answer["partialSuccess"]!["rejectedDataPoints"]);
        Assert.Contains("metrics.max_label_value_bytes", (string?)answer["partialSuccess"]!["errorMessage"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task RefusesMorePointsThanARequestMayBringAsAWhole()
    {
        await using var server = await StartAsync(("ingest.max_samples_per_request", "1"));

        // One point, but target_info makes a second sample of it.
        var answer = await SendAsync(server, server.Address, "/otlp/v1/metrics", Gauge("queue.depth", 7));

        Assert.Contains("ingest.max_samples_per_request", (string?)answer["partialSuccess"]!["errorMessage"], StringComparison.Ordinal);
        Assert.Empty(await server.SeriesAsync(TenantId.Default, "queue_depth", Cancel));
    }

    [Fact]
    public async Task RefusesABodyThatGrowsBeyondItsLimitWhenUnpacked()
    {
        await using var server = await StartAsync(("ingest.otlp_max_body_bytes", "64KiB"));
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(new byte[1 << 20], Cancel);
        }

        var answer = await SendAsync(server, server.Address, "/otlp/v1/metrics", packed.ToArray(), "gzip", HttpStatusCode.RequestEntityTooLarge);

        Assert.Equal(8, (int)answer["code"]!);
        Assert.Contains("ingest.otlp_max_body_bytes", (string?)answer["message"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"resourceMetrics\":[{", HttpStatusCode.BadRequest)]
    [InlineData("not json", HttpStatusCode.BadRequest)]
    public async Task BadDataGetsAStatusInTheRequestsEncoding(string body, HttpStatusCode expected)
    {
        await using var server = await StartAsync();

        var answer = await SendAsync(server, server.Address, "/otlp/v1/metrics", Encoding.UTF8.GetBytes(body), null, expected);

        Assert.Equal(3, (int)answer["code"]!);
    }

    [Theory]
    [InlineData("/v1/logs")]
    [InlineData("/v1/traces")]
    public async Task OtherSignalsAreToldThatTheyAreNotTakenIn(string path)
    {
        await using var server = await StartAsync();

        var answer = await SendAsync(server, server.OtlpHttp, path, "{}"u8.ToArray(), null, HttpStatusCode.NotFound);

        Assert.Equal(12, (int)answer["code"]!);
        Assert.Contains("not taken in by this version", (string?)answer["message"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1/limits")]
    [InlineData("/-/healthy")]
    [InlineData("/")]
    public async Task ItsOwnPortHasNothingButOtlp(string path)
    {
        await using var server = await StartAsync();
        using var client = new HttpClient { BaseAddress = server.OtlpHttp };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.AdminToken);

        using var response = await client.GetAsync(path, Cancel);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task ATokenIsNeededOnItsOwnPortToo()
    {
        await using var server = await StartAsync();
        using var client = new HttpClient { BaseAddress = server.OtlpHttp };
        using var content = new StringContent(Gauge("queue.depth", 7), Encoding.UTF8, Json);

        using var response = await client.PostAsync("/v1/metrics", content, Cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(16, (int)JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancel))!["code"]!);
        Assert.Empty(await server.SeriesAsync(TenantId.Default, "queue_depth", Cancel));
    }

    [Fact]
    public async Task TheServiceStandsInTheListOfSources()
    {
        await using var server = await StartAsync();
        await SendAsync(server, server.Address, "/otlp/v1/metrics", Gauge("queue.depth", 7));
        using var client = server.Client(server.AdminToken);

        var items = (await client.JsonAsync(HttpMethod.Get, "/api/v1/ingest/sources"))["items"]!.AsArray();

        Assert.Equal("shop/cart", (string?)Assert.Single(items, static item => (string?)item!["kind"] == "otlp-http")!["name"]);
    }

    private static string Gauge(string name, double value, string attribute = "x") =>
        $$$"""
        {"resourceMetrics":[{"resource":{"attributes":[
          {"key":"service.name","value":{"stringValue":"cart"}},{"key":"service.namespace","value":{"stringValue":"shop"}},
          {"key":"service.instance.id","value":{"stringValue":"i-1"}},{"key":"host.name","value":{"stringValue":"h"}}]},
         "scopeMetrics":[{"metrics":[{"name":"{{{name}}}","gauge":{"dataPoints":[
          {"timeUnixNano":"{{{Now}}}","asDouble":{{{value}}},"attributes":[{"key":"a","value":{"stringValue":"{{{attribute}}}"}}]}]}}]}]}]}
        """;

    private static Task<TestServer> StartAsync(params (string Key, string Value)[] settings) => TestServer.StartAsync(Cancel, new TestServerSetup
    {
        Clock = new FakeClock(),
        Settings = settings.Append(("host.enabled", "false")).Append(("self.enabled", "false")).ToDictionary(static pair => pair.Item1, static pair => pair.Item2, StringComparer.Ordinal),
    });

    private static Task<JsonNode> SendAsync(TestServer server, Uri address, string path, string body) => SendAsync(server, address, path, Encoding.UTF8.GetBytes(body), null);

    [Fact]
    public async Task NamesTheDepthOfAttributesWhenThatIsWhatItRefuses()
    {
        await using var server = await StartAsync();
        var value = Field(1, "x"u8);
        for (var depth = 0; depth < 40; depth++)
        {
            value = Field(5, Field(1, value));
        }

        byte[] point = [.. Field(7, [.. Field(1, "nested"u8), .. Field(2, value)])];
        byte[] metric = [.. Field(1, "queue.depth"u8), .. Field(5, Field(1, point))];
        using var client = server.Client(server.AdminToken);
        using var content = new ByteArrayContent(Field(1, Field(2, Field(2, metric))));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        using var response = await client.PostAsync("/otlp/v1/metrics", content, Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("max_attribute_depth = 32", await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    private static byte[] Field(int number, ReadOnlySpan<byte> payload)
    {
        var length = payload.Length < 0x80 ? new[] { (byte)payload.Length } : [(byte)(payload.Length | 0x80), (byte)(payload.Length >> 7)];
        return [(byte)((number << 3) | 2), .. length, .. payload];
    }

    private static async Task<JsonNode> SendAsync(TestServer server, Uri address, string path, byte[] body, string? coding, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var client = new HttpClient { BaseAddress = address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.AdminToken);
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(Json);
        if (coding is not null)
        {
            content.Headers.ContentEncoding.Add(coding);
        }

        using var response = await client.PostAsync(path, content, Cancel);
        return await response.ReadAsync(expected);
    }
}
