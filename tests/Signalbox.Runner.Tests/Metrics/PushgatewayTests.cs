using Microsoft.Extensions.Logging.Abstractions;
using Signalbox.Runner.Metrics;
using Signalbox.Runner.Readings.Report;
using Signalbox.Runner.Tests.Reports;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Files;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.Runner.Tests.Metrics;

public sealed class PushgatewayTests
{
    private const string WebConfiguration = "basic_auth_users:\n  ci: $2b$04$lCPkzPQK5uYpUpxEUkow/.PLjHPP/79eAhXuSL/gLUHbmPKwMkUYa\n";
    private const string Password = "test";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AGroupHoldsTheRunUnderItsKey()
    {
        await using var gateway = await PushgatewayProcess.StartAsync(Cancelled);
        var options = new PushgatewayOptions { Url = gateway.Address, Job = "agents", Grouping = [new("repository", "{repository}"), new("nothing", "{branch}")] };
        var report = SampleReports.Agent with { Ci = SampleReports.Agent.Ci with { Branch = null } };

        var result = Assert.Single(await PublishAsync(options, report));

        Assert.Equal(PublishOutcome.Taken, result.Outcome);
        var text = await ReadAsync(gateway);
        Assert.Contains("cicd_ai_cost_usd_total{instance=\"\",job=\"agents\",model=\"claude-sonnet-4-5-20250929\",repository=\"acme/shop\"} 0.4184\n", text, StringComparison.Ordinal);
        Assert.Contains("cicd_ai_last_success_timestamp_seconds{instance=\"\",job=\"agents\",repository=\"acme/shop\"} 1.7692489255e+09\n", text, StringComparison.Ordinal);
        Assert.Contains("push_failure_time_seconds{instance=\"\",job=\"agents\",repository=\"acme/shop\"} 0\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFailureLeavesTheTimeOfTheLastSuccess()
    {
        await using var gateway = await PushgatewayProcess.StartAsync(Cancelled);
        var options = new PushgatewayOptions { Url = gateway.Address };
        await PublishAsync(options, SampleReports.Plain);
        await PublishAsync(options, SampleReports.Plain with { Outcome = SampleReports.Plain.Outcome with { ExitCode = 3, Reason = OutcomeReasons.Failed } });

        var text = await ReadAsync(gateway);

        Assert.Contains("cicd_ai_exit_code{instance=\"\",job=\"cicd-runner\"} 3\n", text, StringComparison.Ordinal);
        Assert.Contains("cicd_ai_last_success_timestamp_seconds{instance=\"\",job=\"cicd-runner\"}", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AGroupIsDeletedWhereThatIsAskedFor()
    {
        await using var gateway = await PushgatewayProcess.StartAsync(Cancelled);

        var result = Assert.Single(await PublishAsync(new PushgatewayOptions { Url = gateway.Address, Delete = true }, SampleReports.Agent));

        Assert.Equal(PublishOutcome.Taken, result.Outcome);

        // It takes a deletion in (202) and does it a moment later.
        await Eventually.HoldsAsync("the group is gone", async () => !(await ReadAsync(gateway)).Contains("cicd_ai_", StringComparison.Ordinal), Cancelled);
    }

    [Fact]
    public async Task ThePasswordComesFromAFileAndIsNeverTold()
    {
        await using var gateway = await PushgatewayProcess.StartAsync(Cancelled, WebConfiguration);
        using var folder = new TemporaryFolder();
        var right = new PushgatewayOptions { Url = gateway.Address, Username = "ci", PasswordFile = folder.Write("right", Password + "\n") };
        var wrong = right with { PasswordFile = folder.Write("wrong", "another-password") };

        Assert.Equal(PublishOutcome.Taken, Assert.Single(await PublishAsync(right, SampleReports.Plain)).Outcome);
        var refused = Assert.Single(await PublishAsync(wrong, SampleReports.Plain));

        Assert.Equal(PublishOutcome.Failed, refused.Outcome);
        Assert.StartsWith("401", refused.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("another-password", refused.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain-1.2_x", "/job/plain-1.2_x")]
    [InlineData("acme/shop", "/job@base64/YWNtZS9zaG9w")]
    [InlineData("..", "/job@base64/Li4")]
    [InlineData("ö", "/job@base64/w7Y")]
    public void ValuesThatAPathCannotHoldAreWrittenInBase64(string job, string path)
    {
        var address = PushgatewayAddress.Of(new PushgatewayOptions { Url = new Uri("http://gateway:9091/base/"), Job = job }, SampleReports.Plain);

        Assert.Equal("http://gateway:9091/base/metrics" + path, address.AbsoluteUri);
    }

    private static Task<IReadOnlyList<PublishResult>> PublishAsync(PushgatewayOptions options, RunReport report) =>
        new MetricsPublishing(new MetricsOptions { Pushgateway = options, Deadline = Eventually.Limit }, TimeProvider.System, NullLogger.Instance).PublishAsync(new RunPublication(report, default, null), [], Cancelled);

    private static async Task<string> ReadAsync(PushgatewayProcess gateway)
    {
        using var http = new HttpClient();
        return await http.GetStringAsync(new Uri(gateway.Address, "metrics"), Cancelled);
    }
}
