using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Signalbox.Runner.Metrics;
using Signalbox.Runner.Tests.Reports;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Files;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.Runner.Tests.Metrics;

public sealed class MetricsPublishingTests
{
    private const string Token = "Bearer sbx_very-secret-token";

    private static readonly byte[] Trace = Encoding.UTF8.GetBytes("""{"resourceSpans":[]}""");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task MetricsAndSpansGoToTheirPathsWithTheirHeaders()
    {
        await using var sink = await OtlpSink.StartAsync(Cancelled);
        var log = new LogLines();

        var results = await PublishAsync(To(sink.Address), log);

        Assert.All(results, static result => Assert.Equal(PublishOutcome.Taken, result.Outcome));
        Assert.Equal(["/v1/metrics", "/v1/traces"], sink.Requests.Select(static request => request.Path).Order());
        Assert.All(sink.Requests, static request => Assert.Equal(("application/json", Token), (request.ContentType, request.Authorization)));
        Assert.Contains("cicd_ai_token_usage_total", sink.Requests.First(static request => request.Path == "/v1/metrics").Text, StringComparison.Ordinal);
        Assert.DoesNotContain(log.Lines, static line => line.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ReceiversThatNeverAnswerCostTheDeadlineOnceAndAreNamedWithoutTheirTokens()
    {
        using var hole = new BlackHole();
        var clock = new FakeClock();
        var log = new LogLines();
        var options = To(hole.Address) with { Pushgateway = new PushgatewayOptions { Url = hole.Address } };
        var publishing = new MetricsPublishing(options, clock, log).PublishAsync(new RunPublication(SampleReports.Agent, Trace, null), [], Cancelled);

        Assert.False(publishing.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(2));
        var results = await publishing.WaitAsync(Eventually.Limit, Cancelled);

        Assert.Equal(3, results.Count(static result => result.Outcome == PublishOutcome.TooLate));
        Assert.Equal(3, log.Lines.Count(static line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("within the 2 s", StringComparison.Ordinal)));
        Assert.DoesNotContain(log.Lines, static line => line.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task APublisherThatHearsNoCancellationDoesNotHoldTheEndUp()
    {
        var clock = new FakeClock();
        var never = new TaskCompletionSource<PublishResult>();
        var publishing = new MetricsPublishing(new MetricsOptions(), clock, NullLogger.Instance)
            .PublishAsync(new RunPublication(SampleReports.Agent, Trace, null), [new Deaf(never.Task)], Cancelled);

        clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(PublishOutcome.TooLate, Assert.Single(await publishing.WaitAsync(Eventually.Limit, Cancelled)).Outcome);
    }

    [Fact]
    public async Task NobodyListeningIsAWarningWithTheReason()
    {
        using var closed = new ClosedPort();
        var log = new LogLines();
        var options = new MetricsOptions { Pushgateway = new PushgatewayOptions { Url = closed.Address }, Deadline = Eventually.Limit };
        await new MetricsPublishing(options, TimeProvider.System, log).PublishAsync(new RunPublication(SampleReports.Agent, Trace, null), [], Cancelled);

        Assert.Contains("refused", Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASignalThatIsNotTakenInIsNotedOnce()
    {
        await using var sink = await OtlpSink.StartAsync(Cancelled, static (context, _) =>
        {
            context.Response.StatusCode = context.Request.Path == "/v1/traces" ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
            return context.Response.WriteAsync("{}");
        });
        var log = new LogLines();

        var results = await PublishAsync(To(sink.Address), log);

        Assert.Equal([PublishOutcome.Taken, PublishOutcome.NotSupported], results.Select(static result => result.Outcome).Order());
        Assert.Single(sink.Requests, static request => request.Path == "/v1/traces");
        Assert.Single(log.Lines, static line => line.StartsWith("Information OTLP traces", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AReceiverThatIsBusyIsAskedAgain()
    {
        await using var sink = await OtlpSink.StartAsync(Cancelled, static (context, count) =>
        {
            context.Response.StatusCode = count < 3 ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
            return context.Response.WriteAsync("{}");
        });
        var options = To(sink.Address);
        options = options with { Otlp = options.Otlp! with { Targets = [options.Otlp.Targets[0]] } };

        Assert.Equal(PublishOutcome.Taken, Assert.Single(await PublishAsync(options, new LogLines())).Outcome);
        Assert.Equal(3, sink.Requests.Count);
    }

    [Fact]
    public async Task WhatAReceiverDidNotTakeOfARequestIsToldAsAWarning()
    {
        await using var sink = await OtlpSink.StartAsync(Cancelled, static (context, _) =>
        {
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync("""{"partialSuccess":{"rejectedDataPoints":"3","errorMessage":"too old"}}""");
        });
        var log = new LogLines();

        await PublishAsync(To(sink.Address), log);

        Assert.Contains(log.Lines, static line => line.StartsWith("Warning OTLP metrics", StringComparison.Ordinal) && line.EndsWith("Taken in part: too old", StringComparison.Ordinal));
    }

    [Fact]
    public async Task LogLinesAreSentWithTheirTraceAndBounded()
    {
        await using var sink = await OtlpSink.StartAsync(Cancelled);
        using var folder = new TemporaryFolder();
        var line = """{"level":"warn","ts":"2026-01-24T10:00:01.500Z","caller":"a.cs:1","msg":"Line","trace_id":"0af7651916cd43dd8448eb211c80319c","span_id":"b7ad6b7169203331","audit":true}""";
        var file = folder.Write("log.jsonl", string.Concat(Enumerable.Repeat(line + "\n", OtlpLogsBody.MaxLines + 5)) + "{\"level\":\"in");
        var target = new OtlpTarget(OtlpSignal.Logs, new Uri(sink.Address, "/v1/logs"), []);

        await new MetricsPublishing(new MetricsOptions { Otlp = new OtlpOptions { Targets = [target] }, Deadline = Eventually.Limit }, TimeProvider.System, NullLogger.Instance)
            .PublishAsync(new RunPublication(SampleReports.Agent, default, file), [], Cancelled);

        var request = Assert.Single(sink.Requests);
        Assert.Equal("gzip", request.ContentEncoding);
        Assert.Equal(OtlpLogsBody.MaxLines - 1, request.Text.Split("\"severityText\":\"WARN\"").Length - 1);
        Assert.Contains("\"traceId\":\"0af7651916cd43dd8448eb211c80319c\"", request.Text, StringComparison.Ordinal);
        Assert.Contains("\"timeUnixNano\":\"1769248801500000000\"", request.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LinesThatAreNoLogLinesLeaveTheOthersWhole()
    {
        await using var sink = await OtlpSink.StartAsync(Cancelled);
        using var folder = new TemporaryFolder();
        var good = """{"level":"info","ts":"2026-01-24T10:00:01.500Z","msg":"Good"}""";
        var file = folder.Write("log.jsonl", $"{good}\n{good.Replace("Good", "\\ud800", StringComparison.Ordinal)}\n{good.Replace("level", "\\ud800", StringComparison.Ordinal)}\n[]\n{good}\n");
        var target = new OtlpTarget(OtlpSignal.Logs, new Uri(sink.Address, "/v1/logs"), []);

        await new MetricsPublishing(new MetricsOptions { Otlp = new OtlpOptions { Targets = [target] }, Deadline = Eventually.Limit }, TimeProvider.System, NullLogger.Instance)
            .PublishAsync(new RunPublication(SampleReports.Agent, default, file), [], Cancelled);

        using var body = System.Text.Json.JsonDocument.Parse(Assert.Single(sink.Requests).Text);
        Assert.Equal(2, body.RootElement.GetProperty("resourceLogs")[0].GetProperty("scopeLogs")[0].GetProperty("logRecords").GetArrayLength());
    }

    [Fact]
    public async Task WhatCannotBeReadIsToldAndDoesNotEndTheRunOtherwise()
    {
        var results = await new MetricsPublishing(new MetricsOptions(), TimeProvider.System, NullLogger.Instance)
            .PublishAsync(new RunPublication(SampleReports.Agent, default, null), [new Blind()], Cancelled);

        Assert.Equal(("blind", PublishOutcome.Failed), (Assert.Single(results).Publisher, results[0].Outcome));
    }

    [Fact]
    public async Task TheFileIsWrittenWholeAndNothingElseIsLeft()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("node", "cicd.prom");

        await new MetricsPublishing(new MetricsOptions { File = file }, TimeProvider.System, NullLogger.Instance)
            .PublishAsync(new RunPublication(SampleReports.Agent, default, null), [], Cancelled);

        Assert.Equal(RunMetrics.Text(SampleReports.Agent), await File.ReadAllTextAsync(file, Cancelled));
        Assert.Equal([file], Directory.GetFiles(folder.File("node")));
    }

    [Fact]
    public async Task AFileThatCannotBeWrittenIsAWarning()
    {
        using var folder = new TemporaryFolder();
        var log = new LogLines();
        var file = Path.Combine(folder.Write("in-the-way", string.Empty), "cicd.prom");

        await new MetricsPublishing(new MetricsOptions { File = file }, TimeProvider.System, log).PublishAsync(new RunPublication(SampleReports.Agent, default, null), [], Cancelled);

        Assert.StartsWith("Warning The metrics file", Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    private static MetricsOptions To(Uri address)
    {
        OtlpHeader[] headers = [new("Authorization", Token)];
        return new MetricsOptions
        {
            Otlp = new OtlpOptions
            {
                Targets = [new OtlpTarget(OtlpSignal.Metrics, new Uri(address, "/v1/metrics"), headers), new OtlpTarget(OtlpSignal.Traces, new Uri(address, "/v1/traces"), headers)],
            },
        };
    }

    private static Task<IReadOnlyList<PublishResult>> PublishAsync(MetricsOptions options, LogLines log) =>
        new MetricsPublishing(options with { Deadline = Eventually.Limit }, TimeProvider.System, log).PublishAsync(new RunPublication(SampleReports.Agent, Trace, null), [], Cancelled);

    private sealed class Blind : IRunPublisher
    {
        public string Name => "blind";

        public Task<PublishResult> PublishAsync(RunPublication run, CancellationToken cancellationToken) => throw new UnauthorizedAccessException("no");
    }

    private sealed class Deaf(Task<PublishResult> never) : IRunPublisher
    {
        public string Name => "deaf";

        public Task<PublishResult> PublishAsync(RunPublication run, CancellationToken cancellationToken) => never;
    }
}
