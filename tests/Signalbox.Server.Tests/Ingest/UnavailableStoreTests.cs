using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Signalbox.Server.Ingest.Storage;
using Signalbox.Telemetry.Metrics;
using Signalbox.Telemetry.Metrics.RemoteWrite;
using Signalbox.Telemetry.Wire;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Server.Tests.Ingest;

/// <summary>When the store cannot take anything now, each protocol tells its senders to keep what they have and come back.</summary>
public sealed class UnavailableStoreTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RemoteWriteSendersComeBack()
    {
        await using var server = await StartAsync();
        using var client = server.Client(server.AdminToken);
        using var batch = new MetricBatch();
        using var content = Content(RemoteWriteEncoder.EncodeCompressed(batch), "application/x-protobuf");
        content.Headers.ContentEncoding.Add("snappy");

        using var response = await client.PostAsync("/prometheus/api/v1/write", content, Cancel);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(5), response.Headers.RetryAfter!.Delta);
        Assert.Equal("The disk is full.\n", await response.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task OtlpSendersOverHttpComeBack()
    {
        await using var server = await StartAsync();
        using var client = server.Client(server.AdminToken);
        using var content = Content([], "application/x-protobuf");

        using var response = await client.PostAsync("/otlp/v1/metrics", content, Cancel);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(5), response.Headers.RetryAfter!.Delta);
        Assert.Equal(new RpcStatus(RpcCode.Unavailable, "The disk is full.", TimeSpan.FromSeconds(5)).ToProtobuf(), await response.Content.ReadAsByteArrayAsync(Cancel));
    }

    [Fact]
    public async Task OtlpSendersOverGrpcComeBack()
    {
        await using var server = await StartAsync();
        using var client = new HttpClient { BaseAddress = server.OtlpGrpc };
        using var content = Content(GrpcFrame.Write([]), "application/grpc");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", server.AdminToken);

        using var response = await client.SendAsync(request, Cancel);
        await response.Content.ReadAsByteArrayAsync(Cancel);

        Assert.Equal("14", Assert.Single(response.TrailingHeaders.GetValues("grpc-status")));
        var details = Assert.Single(response.TrailingHeaders.GetValues("grpc-status-details-bin"));
        Assert.Equal(new RpcStatus(RpcCode.Unavailable, "The disk is full.", TimeSpan.FromSeconds(5)).ToProtobuf(), Convert.FromBase64String(details.PadRight((details.Length + 3) / 4 * 4, '=')));
    }

    private static ByteArrayContent Content(byte[] body, string type)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return content;
    }

    private static Task<TestServer> StartAsync() => TestServer.StartAsync(Cancel, new TestServerSetup
    {
        Adjust = static builder => builder.Services.AddSingleton<IMetricStoreFactory, FullFactory>(),
        Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["host.enabled"] = "false", ["self.enabled"] = "false" },
    });

    private sealed class FullFactory : IMetricStoreFactory
    {
        public Task<IMetricStore> OpenAsync(CancellationToken cancellationToken) => Task.FromResult<IMetricStore>(new RecordingStore { Refusal = "The disk is full." });
    }
}
