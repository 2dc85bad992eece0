using System.Text.Json;
using Signalbox.Runner.Tests.Metrics;
using Signalbox.Runner.Tests.Snippets;
using Signalbox.Testing.Files;
using Signalbox.Testing.Processes;
using Xunit;

namespace Signalbox.Runner.Tests.Receiving;

public sealed class TelemetryRunTests : IDisposable
{
    private const string Tokens =
        """{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"claude_code.token.usage","sum":{"aggregationTemporality":1,"isMonotonic":true,"dataPoints":[{"timeUnixNano":"1","asInt":"120","attributes":[{"key":"model","value":{"stringValue":"claude-sonnet-4-5"}},{"key":"type","value":{"stringValue":"input"}}]}]}}]}]}]}""";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Work => _folder.File("work");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task WhatTheAgentTellsIsTheThirdAccountAndReachesTheEndpointBesideTheRunsOwnMetrics()
    {
        // All that is sent at the end has two seconds together, and no more can be allowed: on a busy machine they may pass.
        for (var tries = 1; !await IsToldAsync(mayBeTooLate: tries < 5); tries++)
        {
            Directory.Delete(Work, recursive: true);
        }
    }

    /// <returns>False when the endpoint's time was over.</returns>
    private async Task<bool> IsToldAsync(bool mayBeTooLate)
    {
        await using var sink = await OtlpSink.StartAsync(Cancelled);

        var result = await RunAsync(sink.Address, $"telemetry metrics {_folder.Write("tokens.json", Tokens)}");

        Assert.True(result.ExitCode == 0, result.Error);
        if (mayBeTooLate && result.Error.Contains("did not answer ", StringComparison.Ordinal))
        {
            return false;
        }

        var own = sink.Requests.Where(static request => request.Path == "/v1/metrics").ToLookup(static request => request.Text == Tokens);
        Assert.Single(own[true]);
        Assert.Contains("cicd_ai_token_usage_total", Assert.Single(own[false]).Text, StringComparison.Ordinal);
        using var report = JsonDocument.Parse(await File.ReadAllBytesAsync(Directory.GetFiles(Path.Combine(Work, ".cicd-runner", "runs"), "report.json", SearchOption.AllDirectories).Single(), Cancelled));
        var told = Assert.Single(report.RootElement.GetProperty("usage").GetProperty("reconciliation").GetProperty("telemetry").EnumerateArray().ToList());
        Assert.Equal(("claude-sonnet-4-5", 120), (told.GetProperty("model").GetString(), told.GetProperty("input").GetInt64()));
        return true;
    }

    [Fact]
    public async Task AnEndpointThatNeverAnswersChangesNeitherExitCodeNorFiles()
    {
        using var hole = new BlackHole();

        var result = await RunAsync(hole.Address, $"telemetry metrics {_folder.Write("tokens.json", Tokens)}", "exit 3");

        Assert.Equal(3, result.ExitCode);
        Assert.Contains("OTLP metrics", result.Error, StringComparison.Ordinal);
        Assert.Contains("did not answer within the 2 s", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("sbx_very-secret", result.Error, StringComparison.Ordinal);
        Assert.Contains("cicd_ai_exit_code 3", await File.ReadAllTextAsync(Directory.GetFiles(Work, "metrics.prom", SearchOption.AllDirectories).Single(), Cancelled), StringComparison.Ordinal);
    }

    private Task<ProcessResult> RunAsync(Uri endpoint, params string[] deeds)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The agent is a script of the shell here.");
        Directory.CreateDirectory(Work);
        var session = _folder.Write("session", """say {"type":"system","subtype":"init","session_id":"s1","model":"claude-sonnet-4-5"}""" + "\n" + string.Join('\n', deeds) + "\n");
        var agent = _folder.Write("claude", $"#!/bin/sh\nexec dotnet '{BuiltPrograms.FakeAgent}' script '{session}'\n");
        BuiltPrograms.MakeExecutable(agent);
        return ChildProcess.RunAsync(
            "dotnet",
            [BuiltPrograms.Runner, "run", "--set", $"metrics.otlp.endpoint={endpoint}", "--", agent, "-p", "x", "--output-format", "stream-json", "--verbose"],
            Cancelled,
            environment: new Dictionary<string, string> { ["HOME"] = _folder.Path, ["OTEL_EXPORTER_OTLP_HEADERS"] = "authorization=Bearer%20sbx_very-secret" },
            workingFolder: Work);
    }
}
