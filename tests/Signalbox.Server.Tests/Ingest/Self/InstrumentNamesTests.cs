using Signalbox.Server.Ingest.Self;
using Signalbox.Telemetry.Metrics;
using Xunit;

namespace Signalbox.Server.Tests.Ingest.Self;

public sealed class InstrumentNamesTests
{
    [Theory]
    [InlineData("signalbox.ingest.samples", "{sample}", MetricType.Counter, "signalbox_ingest_samples_total")]
    [InlineData("http.server.request.duration", "s", MetricType.Histogram, "http_server_request_duration_seconds")]
    [InlineData("dotnet.gc.heap.total_allocated", "By", MetricType.Counter, "dotnet_gc_heap_total_allocated_bytes_total")]
    [InlineData("kestrel.active_connections", "{connection}", MetricType.Gauge, "kestrel_active_connections")]
    [InlineData("cache.fill", "1", MetricType.Gauge, "cache_fill_ratio")]
    public void FollowsTheCompatibilityRules(string instrument, string unit, MetricType type, string expected) => Assert.Equal(expected, InstrumentNames.Of(instrument, unit, type));
}
