using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Signalbox.PromQL.Model;
using Signalbox.Server.Tests.Identity;
using Signalbox.Telemetry;
using Signalbox.Telemetry.Metrics;
using Signalbox.Telemetry.Metrics.RemoteWrite;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Server.Tests.Ingest.RemoteWrite;

public sealed class RemoteWriteTests
{
    private const string Path = "/prometheus/api/v1/write";
    private const string TooMuch = "metrics.max_labels_per_series";

    private static readonly long Now = DateTimeOffset.Parse("2026-03-04T05:06:07Z", System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task KeepsWhatWasAcknowledged()
    {
        await using var server = await StartAsync();

        using var response = await WriteAsync(server, Body(batch => Add(batch, 1.5, ("job", "a"))));

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal("1", Assert.Single(response.Headers.GetValues("X-Prometheus-Remote-Write-Samples-Written")));
        var series = Assert.Single(await server.SeriesAsync(TenantId.Default, "sent", Cancel));
        Assert.Equal(1.5, series.Last);
        Assert.Equal([Now], series.Timestamps);
    }

    [Fact]
    public async Task KeepsTheGoodSamplesAndNamesTheLimitThatRefusedTheRest()
    {
        await using var server = await StartAsync((TooMuch, "3"));

        using var response = await WriteAsync(server, Body(batch =>
        {
            Add(batch, 1, ("job", "good"));
            Add(batch, 2, ("job", "bad"), ("a", "1"), ("b", "2"));
        }));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.StartsWith("1 sample was refused, 1 kept. 1 by metrics.max_labels_per_series:", text, StringComparison.Ordinal);
        Assert.Equal("good", Assert.Single(await server.SeriesAsync(TenantId.Default, "sent", Cancel)).Labels.Get("job"));
        Assert.Equal(1, (long)(await LimitAsync(server, TooMuch))["refusedTotal"]!);
    }

    [Theory]
    [InlineData("ingest.remote_write_max_body_bytes", "1024", HttpStatusCode.RequestEntityTooLarge)]
    [InlineData("ingest.max_samples_per_request", "10", HttpStatusCode.BadRequest)]
    [InlineData("metrics.max_series_per_tenant", "10", HttpStatusCode.BadRequest)]
    [InlineData("metrics.max_label_name_bytes", "8", HttpStatusCode.BadRequest)]
    [InlineData("metrics.max_label_value_bytes", "30", HttpStatusCode.BadRequest)]
    public async Task EachLimitRefusesUnderItsOwnNameAndIsCounted(string limit, string value, HttpStatusCode expected)
    {
        await using var server = await StartAsync((limit, value));

        using var response = await WriteAsync(server, Body(batch =>
        {
            for (var series = 0; series < 100; series++)
            {
                Add(batch, series, ("series_with_a_name", $"a value of some length {series}, or even more"));
            }
        }));

        Assert.Equal(expected, response.StatusCode);
        Assert.Contains(limit, await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.InRange((long)(await LimitAsync(server, limit))["refusedTotal"]!, 1, 100);
    }

    [Fact]
    public async Task RefusesSamplesThatAreTooOldOrTooFarAhead()
    {
        await using var server = await StartAsync(("metrics.out_of_order_window", "1m"));
        using var first = await WriteAsync(server, Body(batch => Add(batch, 1, ("job", "a"))));

        using var response = await WriteAsync(server, Body(batch =>
        {
            AddAt(batch, Now - 600_000, 2, ("job", "a"));
            AddAt(batch, Now + 3_600_000, 3, ("job", "a"));
        }));

        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("metrics.out_of_order_window", text, StringComparison.Ordinal);
        Assert.Contains("metrics.future_tolerance", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RefusesWhatIsNotRemoteWrite()
    {
        await using var server = await StartAsync();

        using var wrongType = await WriteAsync(server, Body(static _ => { }), "application/json");
        using var wrongCoding = await WriteAsync(server, Body(static _ => { }), encoding: "gzip");
        using var garbage = await WriteAsync(server, [0xff, 0xff, 0xff, 0xff, 0xff, 1, 2]);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, wrongType.StatusCode);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, wrongCoding.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, garbage.StatusCode);
    }

    [Fact]
    public async Task WhenTooManyAreInsideTheNextIsToldToComeBack()
    {
        await using var server = await StartAsync(("ingest.max_concurrent_requests", "1"), ("ingest.max_waiting_requests", "0"));
        using var client = server.Client(server.AdminToken);
        using var slow = new StalledContent();
        var first = client.PostAsync(Path, slow, Cancel);
        await slow.Started.WaitAsync(Cancel);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while ((double)(await LimitAsync(server, "ingest.max_concurrent_requests"))["used"]! < 1)
        {
            await timer.WaitForNextTickAsync(Cancel);
        }

        using var second = await WriteAsync(server, Body(static batch => Add(batch, 1)));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, second.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), second.Headers.RetryAfter!.Delta);
        Assert.Contains("ingest.max_waiting_requests", await second.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        slow.Finish();
        using var answered = await first;
        Assert.Equal(HttpStatusCode.BadRequest, answered.StatusCode);
    }

    [Fact]
    public async Task NeedsATokenThatMayWrite()
    {
        await using var server = await StartAsync();
        using var admin = server.Client(server.AdminToken);
        var created = await admin.JsonAsync(HttpMethod.Post, "/api/v1/tokens", """{"name":"reader","role":"operator","scopes":["metrics:read"]}""", HttpStatusCode.Created);

        using var without = await WriteAsync(server, Body(static batch => Add(batch, 1)), token: string.Empty);
        using var reader = await WriteAsync(server, Body(static batch => Add(batch, 1)), token: (string)created["secret"]!);

        Assert.Equal(HttpStatusCode.Unauthorized, without.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, reader.StatusCode);
    }

    [Fact]
    public async Task TheSenderStandsInTheListOfSources()
    {
        await using var server = await StartAsync();
        using var sent = await WriteAsync(server, Body(batch => Add(batch, 1)));
        using var client = server.Client(server.AdminToken);

        var items = (await client.JsonAsync(HttpMethod.Get, "/api/v1/ingest/sources"))["items"]!.AsArray();

        var source = Assert.Single(items, static item => (string?)item!["kind"] == "remote-write")!;
        Assert.Equal("Sender/1.0", (string?)source["name"]);
        Assert.Equal("127.0.0.1", (string?)source["address"]);
        Assert.Equal("admin-token", (string?)source["principal"]);
        Assert.Equal(1, (long)source["acceptedTotal"]!);
        Assert.True((bool)source["up"]!);
    }

    private static Task<TestServer> StartAsync(params (string Key, string Value)[] settings) => TestServer.StartAsync(Cancel, new TestServerSetup
    {
        Clock = new Testing.Clock.FakeClock(),
        Settings = settings.Append(("host.enabled", "false")).Append(("self.enabled", "false")).ToDictionary(static pair => pair.Item1, static pair => pair.Item2, StringComparer.Ordinal),
    });

    private static async Task<JsonNode> LimitAsync(TestServer server, string name)
    {
        using var client = server.Client(server.AdminToken);
        return Assert.Single((await client.JsonAsync(HttpMethod.Get, "/api/v1/limits"))["items"]!.AsArray(), item => (string?)item!["name"] == name)!;
    }

    private static async Task<HttpResponseMessage> WriteAsync(TestServer server, byte[] body, string type = RemoteWriteContentType.V1, string encoding = "snappy", string? token = null)
    {
        using var client = server.Client(token is "" ? null : token ?? server.AdminToken);
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("Sender", "1.0"));
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        content.Headers.ContentEncoding.Add(encoding);
        return await client.PostAsync(Path, content, Cancel);
    }

    private static byte[] Body(Action<MetricBatch> fill)
    {
        using var batch = new MetricBatch();
        fill(batch);
        return RemoteWriteEncoder.EncodeCompressed(batch);
    }

    private static void Add(MetricBatch batch, double value, params (string Name, string Value)[] labels) => AddAt(batch, Now, value, labels);

    private static void AddAt(MetricBatch batch, long timestamp, double value, params (string Name, string Value)[] labels)
    {
        batch.BeginSeries();
        batch.AddLabel(Labels.MetricName, "sent");
        Array.ForEach(labels, label => batch.AddLabel(label.Name, label.Value));
        Assert.True(batch.EndLabels());
        batch.AddSample(timestamp, value);
    }

    /// <summary>A body that begins and then waits until the test lets it end.</summary>
    private sealed class StalledContent : HttpContent
    {
        private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _finish = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public StalledContent()
        {
            Headers.ContentType = MediaTypeHeaderValue.Parse(RemoteWriteContentType.V1);
            Headers.ContentEncoding.Add("snappy");
        }

        public Task Started => _started.Task;

        public void Finish() => _finish.SetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(new byte[] { 0xff });
            await stream.FlushAsync();
            _started.SetResult();
            await _finish.Task;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = -1;
            return false;
        }
    }
}
