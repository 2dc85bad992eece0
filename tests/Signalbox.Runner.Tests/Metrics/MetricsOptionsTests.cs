using Signalbox.Runner.Metrics;
using Signalbox.Runner.Reports;
using Signalbox.Runner.Tracing;
using Signalbox.Settings;
using Xunit;

namespace Signalbox.Runner.Tests.Metrics;

public sealed class MetricsOptionsTests
{
    [Fact]
    public void WithoutSettingsNothingIsSent()
    {
        var options = Read(string.Empty);

        Assert.Null(options.Pushgateway);
        Assert.Null(options.Otlp);
        Assert.Null(options.File);
        Assert.Equal(TimeSpan.FromSeconds(2), options.Deadline);
    }

    [Fact]
    public void TheFileNamesReceiversAndHeaders()
    {
        var options = Read("""
            metrics:
              file: out/cicd.prom
              pushgateway: {url: "http://gateway:9091", job: agents, grouping: {repository: "{repository}", team: shop}, username: ci, password_file: secret}
              otlp:
                endpoint: https://signalbox.example/otlp/
                headers: {Authorization: {file: token}, X-Team: shop}
                signals: [metrics, logs]
            """);

        Assert.Equal("/etc/ci/out/cicd.prom", options.File);
        Assert.Equal([new MetricLabel("repository", "{repository}"), new MetricLabel("team", "shop")], options.Pushgateway!.Grouping);
        Assert.Equal("/etc/ci/secret", options.Pushgateway.PasswordFile);
        Assert.Equal(["https://signalbox.example/otlp/v1/metrics", "https://signalbox.example/otlp/v1/logs"], options.Otlp!.Targets.Select(static target => target.Address.AbsoluteUri));
        Assert.Equal([new OtlpHeader("Authorization", string.Empty, "/etc/ci/token"), new OtlpHeader("X-Team", "shop")], options.Otlp.Targets[0].Headers);
    }

    [Fact]
    public void TheVariablesOfOpenTelemetryAreReadAsItSays()
    {
        var options = Read(string.Empty, new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://collector:4318/",
            ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] = "http://traces:4318/custom",
            ["OTEL_EXPORTER_OTLP_HEADERS"] = "authorization=Bearer%20abc, x-team=shop",
            ["OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE"] = "delta",
        });

        Assert.Equal(["http://collector:4318/v1/metrics", "http://traces:4318/custom"], options.Otlp!.Targets.Select(static target => target.Address.AbsoluteUri));
        Assert.Equal([new OtlpHeader("authorization", "Bearer abc"), new OtlpHeader("x-team", "shop")], options.Otlp.Targets[1].Headers);
        Assert.True(options.Otlp.Delta);
    }

    [Fact]
    public void AnAddressOfGrpcIsNotSpokenToByHttp() =>
        Assert.Null(Read(string.Empty, new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://collector:4317", ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc" }).Otlp);

    [Theory]
    [InlineData("metrics: {pushgateway: {url: gateway}}", "metrics.pushgateway.url")]
    [InlineData("metrics: {pushgateway: {url: 'http://u:p@gateway'}}", "metrics.pushgateway.url")]
    [InlineData("metrics: {pushgateway: {url: 'http://gateway', username: ci}}", "metrics.pushgateway.username")]
    [InlineData("metrics: {pushgateway: {url: 'http://gateway', grouping: {job: x}}}", "metrics.pushgateway.grouping")]
    [InlineData("metrics: {pushgateway: {url: 'http://gateway', grouping: [x]}}", "metrics.pushgateway.grouping")]
    [InlineData("metrics: {otlp: {endpoint: 'ftp://collector'}}", "metrics.otlp.endpoint")]
    [InlineData("metrics: {otlp: {endpoint: 'http://collector', headers: {'a b': c}}}", "metrics.otlp.headers")]
    [InlineData("metrics: {otlp: {endpoint: 'http://collector', signals: [profiles]}}", "metrics.otlp.signals")]
    [InlineData("metrics: {otlp: {timeout: 5s}}", "metrics.otlp.timeout")]
    [InlineData("trace: {names: mine}", "trace.names")]
    [InlineData("summary: {step_summary: perhaps}", "summary.step_summary")]
    public void WhatIsWrongIsNamedByItsKey(string text, string key)
    {
        var exception = Assert.Throws<SettingsException>(() => Read(text));

        Assert.Contains(exception.Errors, error => error.Key == key && error.Place.StartsWith("/etc/ci/runner.yaml:1:", StringComparison.Ordinal));
    }

    [Fact]
    public void HeadersThatCannotBeReadAreNotRepeated()
    {
        var exception = Assert.Throws<SettingsException>(() => Read(
            string.Empty, new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://collector", ["OTEL_EXPORTER_OTLP_HEADERS"] = "very-secret" }));

        Assert.DoesNotContain("very-secret", exception.Message, StringComparison.Ordinal);
    }

    private static MetricsOptions Read(string text, Dictionary<string, string>? environment = null)
    {
        var file = text.Length == 0 ? null : SettingsFile.Parse(text, "/etc/ci/runner.yaml");
        var settings = new SettingsReader(new SettingsSources(new Dictionary<string, string>(), environment ?? [], file) { Prefix = "CICD_RUNNER_" });
        var options = MetricsOptions.Read(settings);
        TraceOptions.Read(settings);
        SummaryOptions.Read(settings);
        settings.Finish();
        return options;
    }
}
