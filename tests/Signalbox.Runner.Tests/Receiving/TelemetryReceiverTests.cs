using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Signalbox.Runner.Metrics;
using Signalbox.Runner.Receiving;
using Signalbox.Runner.Tests.Metrics;
using Signalbox.Runner.Tests.Reports;
using Signalbox.Sdk.Redaction;
using Signalbox.Testing.Files;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.Runner.Tests.Receiving;

public sealed class TelemetryReceiverTests : IDisposable
{
    private const string Metrics = """{ "resourceMetrics": [ { "resource": {}, "scopeMetrics": [] } ] }""";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Kept => _folder.File("telemetry.jsonl");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task WhatComesIsKeptRedactedAndForwardedAsItCame()
    {
        await using var sink = await OtlpSink.StartAsync(Cancelled);
        await using var receiver = Start(sink.Address);
        const string Body = """{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"stringValue":"Authorization: Bearer abcdefghijklmnopqrstuvwxyz0123456789"}}]}]}]}""";

        Assert.Equal(HttpStatusCode.OK, await PostAsync(receiver, "logs", Encoding.UTF8.GetBytes(Body)));
        await receiver.StopAsync(Cancelled);
        var forwarded = await receiver.Forwarding!.PublishAsync(new RunPublication(SampleReports.Agent, default, null), Cancelled);

        Assert.Equal(PublishOutcome.Taken, forwarded.Outcome);
        var request = Assert.Single(sink.Requests);
        Assert.Equal(("/v1/logs", "application/json", Body), (request.Path, request.ContentType, request.Text));
        var line = Assert.Single(await File.ReadAllLinesAsync(Kept, Cancelled));
        Assert.Contains("\"signal\":\"logs\",\"body\":{\"resourceLogs\"", line, StringComparison.Ordinal);
        Assert.DoesNotContain("abcdefghijklmnopqrstuvwxyz", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnSdkThatSpeaksProtobufIsForwardedByteForByte()
    {
        await using var sink = await OtlpSink.StartAsync(Cancelled, static (context, _) =>
        {
            context.Response.ContentType = "application/x-protobuf";
            return Task.CompletedTask;
        });
        await using var receiver = Start(sink.Address);
        using var meter = new Meter("agent." + nameof(AnSdkThatSpeaksProtobufIsForwardedByteForByte));
        using var source = new ActivitySource(meter.Name);
        using (var metrics = OpenTelemetry.Sdk.CreateMeterProviderBuilder().AddMeter(meter.Name).AddOtlpExporter(exporter => Aim(exporter, receiver, "metrics")).Build())
        using (var traces = OpenTelemetry.Sdk.CreateTracerProviderBuilder().AddSource(source.Name).AddOtlpExporter(exporter => Aim(exporter, receiver, "traces")).Build())
        {
            meter.CreateCounter<long>("agent.tokens").Add(42);
            source.StartActivity("turn")!.Dispose();
            Assert.True(metrics.ForceFlush(), "The metrics were not taken.");
            Assert.True(traces.ForceFlush(), "The spans were not taken.");
        }

        await receiver.StopAsync(Cancelled);
        await receiver.Forwarding!.PublishAsync(new RunPublication(SampleReports.Agent, default, null), Cancelled);

        Assert.Contains(sink.Requests, static request => request is { Path: "/v1/metrics", ContentType: "application/x-protobuf" } && Encoding.Latin1.GetString(request.Body).Contains("agent.tokens", StringComparison.Ordinal));
        Assert.Contains(sink.Requests, static request => request.Path == "/v1/traces" && Encoding.Latin1.GetString(request.Body).Contains("turn", StringComparison.Ordinal));
        Assert.False(File.Exists(Kept), "Protobuf is forwarded and not kept.");
    }

    [Fact]
    public async Task CompressedBodiesAreUnpackedToBeKeptAndForwardedPacked()
    {
        await using var sink = await OtlpSink.StartAsync(Cancelled);
        await using var receiver = Start(sink.Address);

        Assert.Equal(HttpStatusCode.OK, await PostAsync(receiver, "metrics", Pack(Metrics), encoding: "gzip"));
        await receiver.StopAsync(Cancelled);
        await receiver.Forwarding!.PublishAsync(new RunPublication(SampleReports.Agent, default, null), Cancelled);

        Assert.Equal(("gzip", Metrics), (Assert.Single(sink.Requests).ContentEncoding, sink.Requests.First().Text));
        Assert.Contains("\"body\":{\"resourceMetrics\":[{\"resource\":{},\"scopeMetrics\":[]}]}}", await File.ReadAllTextAsync(Kept, Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhoeverDoesNotKnowTheSecretFindsNothing()
    {
        await using var receiver = Start();
        var stranger = new Uri(receiver.Address, "/0123456789abcdef0123456789abcdef/");

        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(stranger, "metrics", Encoding.UTF8.GetBytes(Metrics)));
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(new Uri(receiver.Address, "/"), "metrics", Encoding.UTF8.GetBytes(Metrics)));
        await receiver.StopAsync(Cancelled);

        Assert.Equal(2, receiver.Counts.Strangers);
        Assert.False(File.Exists(Kept));
    }

    [Theory]
    [InlineData("metrics", "text/plain", null, HttpStatusCode.UnsupportedMediaType)]
    [InlineData("metrics", "application/json", "br", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("metrics", "application/json", "gzip", HttpStatusCode.BadRequest)]
    [InlineData("profiles", "application/json", null, HttpStatusCode.NotFound)]
    public async Task WhatIsNotOtlpIsRefused(string signal, string type, string? encoding, HttpStatusCode status)
    {
        await using var receiver = Start();

        Assert.Equal(status, await PostAsync(receiver, signal, "not json, not gzip"u8.ToArray(), encoding, type));
        Assert.Equal(0, receiver.Counts.Taken);
    }

    [Theory]
    [InlineData("""{"resourceLogs":[],"resourceLogs":[]}""")]
    [InlineData("""{"resourceLogs":"\ud800"}""")]
    [InlineData("")]
    public async Task BodiesThatOnlyLookLikeJsonAreRefused(string body)
    {
        await using var receiver = Start();

        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(receiver, "logs", Encoding.UTF8.GetBytes(body)));
    }

    [Fact]
    public async Task EveryBodyIsAnswered()
    {
        await using var receiver = Start();
        var random = new Random(11);
        var sample = Encoding.UTF8.GetBytes("""{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"x\u00e9","sum":{"dataPoints":[{"asInt":"1"}]}}]}]}]}""");
        for (var round = 0; round < 200; round++)
        {
            var body = sample.ToArray();
            for (var change = 0; change < 3; change++)
            {
                body[random.Next(body.Length)] = (byte)random.Next(256);
            }

            Assert.Contains(await PostAsync(receiver, "metrics", body, round % 3 == 0 ? "gzip" : null), new[] { HttpStatusCode.OK, HttpStatusCode.BadRequest });
        }
    }

    [Fact]
    public async Task BodiesBeyondTheBoundAreRefusedPackedOrNot()
    {
        await using var receiver = Start(bounds: new ReceiverBounds { MaxBodyBytes = 1000 });
        var large = $$"""{"resourceMetrics":[],"x":"{{new string('a', 2000)}}"}""";

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync(receiver, "metrics", Encoding.UTF8.GetBytes(large)));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync(receiver, "metrics", Pack(large), encoding: "gzip"));
        Assert.Equal(2, receiver.Counts.TooLarge);
        Assert.Equal([new("telemetry_too_large", 2)], receiver.Counts.Limits());
    }

    [Fact]
    public async Task TheFileIsBoundedAndKeepsRoomForMetrics()
    {
        await using var receiver = Start(bounds: new ReceiverBounds { MaxFileBytes = 1000 });
        for (var index = 0; index < 20; index++)
        {
            await PostAsync(receiver, "logs", Encoding.UTF8.GetBytes("""{"resourceLogs":[]}"""));
        }

        await PostAsync(receiver, "metrics", Encoding.UTF8.GetBytes(Metrics));
        await receiver.StopAsync(Cancelled);

        Assert.True(new FileInfo(Kept).Length <= 1000);
        Assert.Contains("\"signal\":\"metrics\"", await File.ReadAllTextAsync(Kept, Cancelled), StringComparison.Ordinal);
        Assert.True(receiver.Counts.NotKept > 0);
    }

    [Fact]
    public void TheFileIsNotMadeAfterTheEnd()
    {
        var counts = new ReceiverCounts();
        var file = new TelemetryFile(Kept, Redactor.Default, new ReceiverBounds(), counts);
        file.Dispose();
        file.Keep(OtlpSignal.Metrics, Encoding.UTF8.GetBytes(Metrics), DateTimeOffset.UnixEpoch);

        Assert.Equal(1, counts.NotKept);
        Assert.False(File.Exists(Kept));
    }

    [Fact]
    public async Task EmptyBodiesTakeRoomInTheQueueToo()
    {
        await using var receiver = Start(new Uri("http://127.0.0.1:9"), new ReceiverBounds { MaxQueueBytes = 100 });

        Assert.Equal(HttpStatusCode.OK, await PostAsync(receiver, "traces", [], type: "application/x-protobuf"));
        Assert.Equal(1, receiver.Counts.NotForwarded);
    }

    [Fact]
    public async Task AnEndpointThatIsGoneIsToldOnceAtTheEnd()
    {
        using var closed = new ClosedPort();
        await using var receiver = Start(closed.Address);
        await PostAsync(receiver, "metrics", Encoding.UTF8.GetBytes(Metrics));
        await receiver.StopAsync(Cancelled);

        var result = await receiver.Forwarding!.PublishAsync(new RunPublication(SampleReports.Agent, default, null), Cancelled);

        Assert.Equal(PublishOutcome.Failed, result.Outcome);
        Assert.StartsWith("1 of its messages were not forwarded. ", result.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NothingIsTakenAfterTheEnd()
    {
        var receiver = Start();
        await receiver.DisposeAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync(receiver, "metrics", Encoding.UTF8.GetBytes(Metrics)));
    }

    private static void Aim(OtlpExporterOptions exporter, TelemetryReceiver receiver, string signal)
    {
        exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = new Uri($"{receiver.Address.AbsoluteUri}/v1/{signal}");
    }

    private static byte[] Pack(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }

    private static Task<HttpStatusCode> PostAsync(TelemetryReceiver receiver, string signal, byte[] body, string? encoding = null, string type = "application/json") =>
        PostAsync(receiver.Address, signal, body, encoding, type);

    private static async Task<HttpStatusCode> PostAsync(Uri address, string signal, byte[] body, string? encoding = null, string type = "application/json")
    {
        using var http = new HttpClient();
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        if (encoding is not null)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        using var response = await http.PostAsync(new Uri($"{address.AbsoluteUri.TrimEnd('/')}/v1/{signal}"), content, Cancelled);
        return response.StatusCode;
    }

    private TelemetryReceiver Start(Uri? forwardTo = null, ReceiverBounds? bounds = null)
    {
        bounds ??= new ReceiverBounds();
        var counts = new ReceiverCounts();
        var forwarding = forwardTo is null
            ? null
            : new TelemetryForwarding(
                [.. Enum.GetValues<OtlpSignal>().Select(signal => new OtlpTarget(signal, new Uri(forwardTo, $"/v1/{signal.ToString().ToLowerInvariant()}"), []))],
                new OtlpSender(new HttpClient(), TimeProvider.System),
                bounds,
                counts,
                new ForwardingSurroundings(TimeProvider.System, NullLogger.Instance));
        return TelemetryReceiver.TryStart(new TelemetryFile(Kept, Redactor.Default, bounds, counts), forwarding, new ReceiverSurroundings(bounds, counts, TimeProvider.System, NullLogger.Instance))!;
    }
}
