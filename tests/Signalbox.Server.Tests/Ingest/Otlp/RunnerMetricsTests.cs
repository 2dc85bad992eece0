using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Signalbox.Runner.Metrics;
using Signalbox.Runner.Readings.Report;
using Signalbox.Telemetry;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Files;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Server.Tests.Ingest.Otlp;

public sealed class RunnerMetricsTests
{
    private static readonly FakeClock Clock = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ARunsMetricsAreHeldUnderTheNamesOfItsFile()
    {
        await using var server = await TestServer.StartAsync(Cancelled, new TestServerSetup { Clock = Clock });
        var report = Report(tokens: 120);

        var results = await PublishAsync(server, report);

        Assert.Equal([PublishOutcome.Taken, PublishOutcome.NotSupported], results.Select(static result => result.Outcome).Order());
        foreach (var family in RunMetrics.Of(report).Where(static family => family.Samples.Count > 0))
        {
            var series = await server.SeriesAsync(TenantId.Default, family.Name, Cancelled);
            Assert.Equal(family.Samples.Select(static sample => sample.Value).Order(), series.Select(static one => one.Last).Order());
        }

        var tokens = Assert.Single(await server.SeriesAsync(TenantId.Default, "cicd_ai_token_usage_total", Cancelled, ("type", "output")));
        Assert.Equal(("cicd-runner", "acme/shop/agent/fix", "sonnet"), (tokens.Labels.Get("job"), tokens.Labels.Get("instance"), tokens.Labels.Get("model")));
    }

    [Fact]
    public async Task RunsThatTellWhatTheyAddedAreAddedUp()
    {
        await using var server = await TestServer.StartAsync(Cancelled, new TestServerSetup { Clock = Clock });

        await PublishAsync(server, Report(tokens: 120), delta: true);
        Clock.Advance(TimeSpan.FromMinutes(1));
        await PublishAsync(server, Report(tokens: 30), delta: true);

        Assert.Equal(150, Assert.Single(await server.SeriesAsync(TenantId.Default, "cicd_ai_token_usage_total", Cancelled, ("type", "output"))).Last);
    }

    private static async Task<IReadOnlyList<PublishResult>> PublishAsync(TestServer server, RunReport report, bool delta = false)
    {
        using var folder = new TemporaryFolder();
        OtlpHeader[] headers = [new("Authorization", string.Empty, folder.Write("token", $"Bearer {server.AdminToken}\n"))];
        var options = new MetricsOptions
        {
            Otlp = new OtlpOptions
            {
                Targets =
                [
                    new OtlpTarget(OtlpSignal.Metrics, new Uri(server.Address, "/otlp/v1/metrics"), headers),
                    new OtlpTarget(OtlpSignal.Traces, new Uri(server.Address, "/otlp/v1/traces"), headers),
                ],
                Delta = delta,
            },
            Deadline = Eventually.Limit,
        };
        return await new MetricsPublishing(options, TimeProvider.System, NullLogger.Instance)
            .PublishAsync(new RunPublication(report, Encoding.UTF8.GetBytes("""{"resourceSpans":[]}"""), null), [], Cancelled);
    }

    private static RunReport Report(long tokens)
    {
        var now = Clock.GetUtcNow();
        return new RunReport
        {
            Id = "20260124T100000Z-1a2b3c4d",
            Revision = 1,
            State = "finished",
            TraceId = "0af7651916cd43dd8448eb211c80319c",
            SpanId = "b7ad6b7169203331",
            StartedAt = now.AddSeconds(-30),
            FinishedAt = now,
            DurationSeconds = 30,
            Command = ["claude"],
            Folder = "/builds/shop",
            Version = "0.1.0",
            Ci = new CiReport { Platform = "github", Repository = "acme/shop", Pipeline = "agent", JobName = "fix" },
            Agent = new AgentReport("claude-code", null, "sonnet", null, null),
            Outcome = new OutcomeReport { RunId = "20260124T100000Z-1a2b3c4d", TraceId = "0af7651916cd43dd8448eb211c80319c", ExitCode = 0, Reason = OutcomeReasons.Completed, StartedAt = now.AddSeconds(-30) },
            Usage = new UsageReport
            {
                Models = [new ModelUsageReport("sonnet", 10, tokens, 5, 0, 0.25)],
                TotalTokens = tokens + 15,
                CostUsd = 0.25,
                CostSource = "reported",
                CacheHits = 1,
                Messages = 2,
                Reconciliation = new ReconciliationReport { Agrees = true },
            },
            Tools = [new ToolReport("Bash", 4, 1, 0, 21.5)],
            Audit = new AuditTotals(6, 1, 1, 1),
            Risk = new RiskReport(46, "medium", []),
            Resources = new ResourceReport
            {
                LimitBytes = 536_870_912,
                PeakBytes = 220_200_960,
                PeakPercent = 41,
                CpuSeconds = 14.75,
                Warnings = 0,
                GarbageCollections = 0,
                Samples = 13,
                Runner = new RunnerResources(8_388_608, 16_777_216, 14, 3, 35.5, 188_743_680),
            },
            Timeline = new TimelineTotals(31, 0),
        };
    }
}
