using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using Signalbox.EndToEnd.Tests.Program;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.EndToEnd.Tests.Clients;

public sealed class OpenTelemetryDotNetTests(SharedServer shared)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(OtlpExportProtocol.Grpc, MetricReaderTemporalityPreference.Cumulative)]
    [InlineData(OtlpExportProtocol.HttpProtobuf, MetricReaderTemporalityPreference.Cumulative)]
    [InlineData(OtlpExportProtocol.HttpProtobuf, MetricReaderTemporalityPreference.Delta)]
    public async Task AnSdkThatExportsWithATokenIsAnsweredByPromql(OtlpExportProtocol protocol, MetricReaderTemporalityPreference temporality)
    {
        var server = await shared.GetAsync(Cancelled);
        var service = $"shop-{protocol}-{temporality}".ToLowerInvariant();
        using var meter = new Meter($"shop.{service}");
        using (var provider = Export(server, protocol, temporality, service, server.AdminToken, meter))
        {
            var orders = meter.CreateCounter<long>("shop.orders", "{order}", "Orders taken.");
            var waits = meter.CreateHistogram("shop.wait", "s", "Waiting time.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1, 10] });
            meter.CreateObservableGauge("shop.queue", static () => 7, "{customer}", "Customers that wait.");
            orders.Add(3, new KeyValuePair<string, object?>("pay.method", "card"));
            waits.Record(0.5);
            Assert.True(provider.ForceFlush(), "The export failed.");
            orders.Add(2, new KeyValuePair<string, object?>("pay.method", "card"));
            waits.Record(5);
            Assert.True(provider.ForceFlush(), "The second export failed.");
        }

        using var calls = new MetricCalls(server.Address, server.AdminToken);
        Assert.Equal(5, await calls.WaitForAsync($"shop_orders_total{{job=\"{service}\",pay_method=\"card\"}}", Cancelled));
        Assert.Equal(7, await calls.WaitForAsync($"shop_queue{{job=\"{service}\"}}", Cancelled));
        Assert.Equal(2, await calls.WaitForAsync($"shop_wait_seconds_count{{job=\"{service}\"}}", Cancelled));
        Assert.Equal(1, await calls.WaitForAsync($"shop_wait_seconds_bucket{{job=\"{service}\",le=\"1.0\"}} or shop_wait_seconds_bucket{{job=\"{service}\",le=\"1\"}}", Cancelled));
        Assert.Equal(1, await calls.WaitForAsync($"target_info{{job=\"{service}\",team=\"counter\"}}", Cancelled));
    }

    [Theory]
    [InlineData(OtlpExportProtocol.Grpc)]
    [InlineData(OtlpExportProtocol.HttpProtobuf)]
    public async Task AnSdkWithAWrongTokenDeliversNothing(OtlpExportProtocol protocol)
    {
        var server = await shared.GetAsync(Cancelled);
        var service = $"stranger-{protocol}".ToLowerInvariant();
        using var meter = new Meter(service);
        using (var provider = Export(server, protocol, MetricReaderTemporalityPreference.Cumulative, service, "sbx_wrong", meter))
        {
            meter.CreateCounter<long>("stranger.calls").Add(1);
            Assert.False(provider.ForceFlush(), "The export was taken.");
        }

        using var calls = new MetricCalls(server.Address, server.AdminToken);
        Assert.Empty(await calls.AskAsync($"{{job=\"{service}\"}}", Cancelled));
    }

    private static MeterProvider Export(
        SignalboxProcess server, OtlpExportProtocol protocol, MetricReaderTemporalityPreference temporality, string service, string token, Meter meter) =>
        OpenTelemetry.Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(resource => resource.AddService(service).AddAttributes([new("team", "counter")]))
            .AddMeter(meter.Name)
            .AddOtlpExporter((exporter, reader) =>
            {
                exporter.Protocol = protocol;
                exporter.Endpoint = protocol == OtlpExportProtocol.Grpc ? server.OtlpGrpc : new Uri(server.OtlpHttp, "/v1/metrics");
                exporter.TimeoutMilliseconds = (int)Eventually.Limit.TotalMilliseconds;
                exporter.Headers = $"Authorization=Bearer%20{token}";
                reader.TemporalityPreference = temporality;
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = int.MaxValue;
            })
            .Build();
}
