using System.Diagnostics.Metrics;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using Signalbox.Telemetry;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Server.Tests.Ingest.Otlp;

/// <summary>The real OpenTelemetry SDK for .NET sends to us, over each transport and with each temporality.</summary>
public sealed class OpenTelemetrySdkTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(OtlpExportProtocol.Grpc, MetricReaderTemporalityPreference.Cumulative)]
    [InlineData(OtlpExportProtocol.Grpc, MetricReaderTemporalityPreference.Delta)]
    [InlineData(OtlpExportProtocol.HttpProtobuf, MetricReaderTemporalityPreference.Cumulative)]
    [InlineData(OtlpExportProtocol.HttpProtobuf, MetricReaderTemporalityPreference.Delta)]
    public async Task CountersGaugesAndHistogramsArrive(OtlpExportProtocol protocol, MetricReaderTemporalityPreference temporality)
    {
        await using var server = await StartAsync();
        using var meter = new Meter($"sdk.{protocol}.{temporality}");
        using var provider = Build(server, meter, protocol, temporality, server.AdminToken);
        var orders = meter.CreateCounter<long>("orders", "{order}");
        var duration = meter.CreateHistogram<double>("order.duration", "s");
        meter.CreateObservableGauge("stock", static () => 12.5);

        orders.Add(2);
        duration.Record(0.3);
        Assert.True(provider.ForceFlush(20_000));
        orders.Add(3);
        Assert.True(provider.ForceFlush(20_000));

        Assert.Equal(5, Assert.Single(await server.SeriesAsync(TenantId.Default, "orders_total", Cancel, ("job", "sdk-test"))).Last);
        Assert.Equal(12.5, Assert.Single(await server.SeriesAsync(TenantId.Default, "stock", Cancel)).Last);
        Assert.Equal(1, Assert.Single(await server.SeriesAsync(TenantId.Default, "order_duration_seconds_count", Cancel)).Last);
        Assert.Equal(1, Assert.Single(await server.SeriesAsync(TenantId.Default, "order_duration_seconds_bucket", Cancel, ("le", "+Inf"))).Last);
    }

    [Theory]
    [InlineData(OtlpExportProtocol.Grpc)]
    [InlineData(OtlpExportProtocol.HttpProtobuf)]
    public async Task WithoutATokenNothingIsTaken(OtlpExportProtocol protocol)
    {
        await using var server = await StartAsync();
        using var meter = new Meter($"sdk.refused.{protocol}");
        using var provider = Build(server, meter, protocol, MetricReaderTemporalityPreference.Cumulative, token: null);

        meter.CreateCounter<long>("orders").Add(2);

        Assert.False(provider.ForceFlush(20_000));
        Assert.Empty(await server.SeriesAsync(TenantId.Default, "orders_total", Cancel));
    }

    private static Task<TestServer> StartAsync() => TestServer.StartAsync(Cancel, new TestServerSetup
    {
        Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["host.enabled"] = "false", ["self.enabled"] = "false" },
    });

    private static MeterProvider Build(TestServer server, Meter meter, OtlpExportProtocol protocol, MetricReaderTemporalityPreference temporality, string? token) =>
        OpenTelemetry.Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(static resource => resource.AddService("sdk-test"))
            .AddMeter(meter.Name)
            .AddOtlpExporter((exporter, reader) =>
            {
                exporter.Protocol = protocol;
                exporter.Endpoint = protocol == OtlpExportProtocol.Grpc ? server.OtlpGrpc : new Uri(server.OtlpHttp, "/v1/metrics");
                exporter.Headers = token is null ? null : $"Authorization=Bearer {token}";
                reader.TemporalityPreference = temporality;
            })
            .Build();
}
