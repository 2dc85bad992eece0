using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Signalbox.Server.Tests.Identity;
using Signalbox.Telemetry.Wire;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Server.Tests.Ingest.Otlp;

/// <summary>What a gRPC client sees on the wire.</summary>
public sealed class OtlpGrpcTests
{
    private const string Metrics = "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ARequestWithNothingButAnUnknownFieldIsASuccess(bool gzip)
    {
        await using var server = await StartAsync();

        var (status, _, body) = await CallAsync(server, Metrics, GrpcFrame.Write([0x50, 0x01], gzip), server.AdminToken, gzip);

        Assert.Equal(RpcCode.Ok, status);
        Assert.Equal([0, 0, 0, 0, 0], body);
    }

    [Fact]
    public async Task ATokenIsNeeded()
    {
        await using var server = await StartAsync();

        var (status, message, _) = await CallAsync(server, Metrics, GrpcFrame.Write([]), token: null);

        Assert.Equal(RpcCode.Unauthenticated, status);
        Assert.Contains("token", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/opentelemetry.proto.collector.logs.v1.LogsService/Export", "not taken in by this version")]
    [InlineData("/opentelemetry.proto.collector.trace.v1.TraceService/Export", "not taken in by this version")]
    [InlineData("/grpc.health.v1.Health/Check", "There is no method")]
    [InlineData("/api/v1/limits", "There is no method")]
    public async Task OtherMethodsAreNotImplemented(string path, string expected)
    {
        await using var server = await StartAsync();

        var (status, message, _) = await CallAsync(server, path, GrpcFrame.Write([]), server.AdminToken);

        Assert.Equal(RpcCode.Unimplemented, status);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/opentelemetry.proto.collector.logs.v1.LogsService/Export")]
    [InlineData("/opentelemetry.proto.collector.logs.v1.LogsService/Export/")]
    [InlineData("/OpenTelemetry.Proto.Collector.Logs.V1.LogsService/Export")]
    public async Task WithoutHttp2ThereIsNoMethod(string path)
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var client = server.Client(server.AdminToken);
        using var content = new ByteArrayContent([0, 0, 0, 0, 0]);

        using var response = await client.PostAsync(path, content, Cancel);

        await response.ProblemAsync("grpc_needs_http2", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task BadDataIsAnInvalidArgument()
    {
        await using var server = await StartAsync();

        var (status, _, _) = await CallAsync(server, Metrics, GrpcFrame.Write([0x0a, 0xff]), server.AdminToken);
        var (cut, _, _) = await CallAsync(server, Metrics, [0, 0, 0], server.AdminToken);

        Assert.Equal(RpcCode.InvalidArgument, status);
        Assert.Equal(RpcCode.InvalidArgument, cut);
    }

    [Fact]
    public async Task ATooLargeMessageExhaustsAResourceThatIsNamed()
    {
        await using var server = await StartAsync(("ingest.otlp_max_body_bytes", "1KiB"));

        var (status, message, _) = await CallAsync(server, Metrics, GrpcFrame.Write(new byte[2000]), server.AdminToken);

        Assert.Equal(RpcCode.ResourceExhausted, status);
        Assert.Contains("ingest.otlp_max_body_bytes", message, StringComparison.Ordinal);
    }

    private static Task<TestServer> StartAsync(params (string Key, string Value)[] settings) => TestServer.StartAsync(Cancel, new TestServerSetup
    {
        Settings = settings.Append(("host.enabled", "false")).Append(("self.enabled", "false")).ToDictionary(static pair => pair.Item1, static pair => pair.Item2, StringComparer.Ordinal),
    });

    private static async Task<(RpcCode Status, string Message, byte[] Body)> CallAsync(TestServer server, string path, byte[] frame, string? token, bool gzip = false)
    {
        using var client = new HttpClient { BaseAddress = server.OtlpGrpc };
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = new ByteArrayContent(frame) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.TE.ParseAdd("trailers");
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (gzip)
        {
            request.Headers.Add("grpc-encoding", "gzip");
        }

        using var response = await client.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var body = await response.Content.ReadAsByteArrayAsync(Cancel);
        var status = int.Parse(Assert.Single(response.TrailingHeaders.GetValues("grpc-status")), CultureInfo.InvariantCulture);
        var message = response.TrailingHeaders.TryGetValues("grpc-message", out var values) ? Uri.UnescapeDataString(string.Concat(values)) : string.Empty;
        return ((RpcCode)status, message, body);
    }
}
