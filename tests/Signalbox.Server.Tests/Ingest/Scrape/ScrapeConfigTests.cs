using Signalbox.PromQL.Model;
using Signalbox.Server.Ingest.Scrape.Configuration;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Server.Tests.Ingest.Scrape;

public sealed class ScrapeConfigTests
{
    [Fact]
    public void ReadsWhatPrometheusReads()
    {
        var config = Assert.Single(ScrapeConfigText.Read("""
            global:
              scrape_interval: 30s
              sample_limit: 7
            scrape_configs:
              - job_name: shop
                scrape_timeout: 5s
                metrics_path: /probe
                scheme: https
                honor_labels: true
                honor_timestamps: false
                params:
                  module: [http_2xx, other]
                static_configs:
                  - targets: ['a:80', 'b:81']
                    labels:
                      env: prod
                relabel_configs:
                  - source_labels: [__address__]
                    target_label: __param_target
                  - target_label: gone
                    replacement: ''
                metric_relabel_configs:
                  - action: drop
                    source_labels: [__name__]
                    regex: go_.*
                basic_auth:
                  username: me
                  password_file: secret.txt
                tls_config:
                  insecure_skip_verify: true
                body_size_limit: 1MB
                label_limit: 30
                enable_http2: false
            """).Configs);

        Assert.Equal("shop", config.JobName);
        Assert.Equal(TimeSpan.FromSeconds(30), config.Interval);
        Assert.Equal(TimeSpan.FromSeconds(5), config.Timeout);
        Assert.True(config.HonorLabels);
        Assert.False(config.HonorTimestamps);
        Assert.Equal(["http_2xx", "other"], config.Parameters["module"]);
        Assert.Equal(["a:80", "b:81"], Assert.Single(config.StaticGroups).Targets);
        Assert.Equal([new Label("env", "prod")], config.StaticGroups[0].Labels);
        Assert.Equal(2, config.RelabelRules.Count);
        Assert.Equal("me", config.Http.Basic!.User);
        Assert.EndsWith("/secret.txt", config.Http.Basic.PasswordFile, StringComparison.Ordinal);
        Assert.True(config.Http.Tls.SkipVerify);
        Assert.Equal(new ScrapeLimits(1 << 20, 7, 30, 0, 0, 0), config.Limits);
    }

    [Fact]
    public void DefaultsAreThoseOfPrometheus()
    {
        var config = Assert.Single(ScrapeConfigText.Read("scrape_configs: [{job_name: a, static_configs: [{targets: ['h:1']}]}]").Configs);

        Assert.Equal(TimeSpan.FromMinutes(1), config.Interval);
        Assert.Equal(TimeSpan.FromSeconds(10), config.Timeout);
        Assert.Equal("/metrics", config.MetricsPath);
        Assert.True(config.HonorTimestamps);
        Assert.Equal(64 << 20, config.Limits.BodyBytes);
    }

    [Fact]
    public void SaysEverythingThatIsWrongWithItsPlace()
    {
        ScrapeConfigText.Read(
            """
            global:
              scrape_interval: soon
            scrape_configs:
              - job_name: a
                scrape_interval: 5s
                scrape_timeout: 10s
                scheme: ftp
                static_configs:
                  - targets: ['http://h:1/metrics']
                    labels: {'no-name': x}
                relabel_configs:
                  - action: jump
                tls_config: {ca_file: /no/such/file}
              - static_configs: []
                kubernetes_sd_configs: []
                bearer_token: a
                basic_auth: {username: b}
              - job_name: a
              - text
            """,
            out var errors);

        string[] expected =
        [
            "signalbox.yaml:2:20: global.scrape_interval: 'soon'",
            "signalbox.yaml:6:21: scrape_configs[0].scrape_timeout: The timeout 10s is longer",
            "signalbox.yaml:7:13: scrape_configs[0].scheme: 'ftp'",
            "signalbox.yaml:9:18: scrape_configs[0].static_configs[0].targets: 'http://h:1/metrics' is not a target",
            "signalbox.yaml:10:18: scrape_configs[0].static_configs[0].labels.no-name: 'no-name' is not a label name",
            "signalbox.yaml:12:9: scrape_configs[0].relabel_configs[0]: The relabelling rule is not valid",
            "signalbox.yaml:13:27: scrape_configs[0].tls_config.ca_file: There is no file /no/such/file",
            "signalbox.yaml:14:5: scrape_configs[1].job_name: A job_name is needed",
            "signalbox.yaml:15:5: scrape_configs[1].kubernetes_sd_configs: This key is unknown or not supported",
            "scrape_configs[1].authorization: At most one of",
            "signalbox.yaml:19:5: scrape_configs[3]: A mapping belongs here",
            "scrape_configs: The job_name 'a' is there more than once",
        ];
        Assert.All(expected, text => Assert.Contains(errors, error => error.ToString().Contains(text, StringComparison.Ordinal)));
        Assert.Equal(expected.Length, errors.Count);
    }

    [Fact]
    public void TakesAnExistingPrometheusConfiguration()
    {
        using var folder = new TemporaryFolder();
        folder.Write("prometheus.yml", """
            global: {scrape_interval: 7s, evaluation_interval: 1m, external_labels: {region: eu}}
            rule_files: ['*.rules']
            remote_write: [{url: 'http://elsewhere/'}]
            scrape_configs:
              - job_name: old
                static_configs: [{targets: ['h:1']}]
            """);
        folder.Write("more/a.yaml", "scrape_configs: [{job_name: more}]");

        var options = ScrapeConfigText.Read("prometheus_config: prometheus.yml\nscrape_config_files: ['more/*.yaml']\n", out var errors, folder.File("signalbox.yaml"));

        Assert.Empty(errors);
        Assert.Equal(["more", "old"], options.Configs.Select(static config => config.JobName));
        Assert.Equal(TimeSpan.FromSeconds(7), options.Configs[1].Interval);
    }

    [Fact]
    public void NoStructureMakesTheReaderThrow()
    {
        string[] keys = ["job_name", "scrape_interval", "static_configs", "targets", "labels", "relabel_configs", "regex", "source_labels", "params", "basic_auth", "tls_config", "file_sd_configs", "files", "sample_limit", "authorization", "action", "modulus"];
        string[] values = ["a", "''", "~", "5s", "-1", "[]", "{}", "[~]", "[a, 1]", "{a: b}", "[{targets: [x]}]", "[{action: hashmod}]", "99999999999999999999", "(", "'*/x.json'", "hashmod", "[{files: ['/x/*.yml']}]"];
        var random = new Random(7);
        for (var round = 0; round < 2000; round++)
        {
            var entries = Enumerable.Range(0, random.Next(1, 6)).Select(_ => keys[random.Next(keys.Length)]).Distinct(StringComparer.Ordinal).Select(key => $"{key}: {values[random.Next(values.Length)]}");

            var options = ScrapeConfigText.Read($"scrape_configs: [{{{string.Join(", ", entries)}}}]", out _);

            Assert.Single(options.Configs);
        }
    }
}
