using System.Text.Json;
using Signalbox.Runner.Agents.Claude;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Readings;
using Signalbox.Runner.Readings.Report;
using Signalbox.Server.Platform.Http;
using Signalbox.Server.Runs;
using Signalbox.Server.Runs.Reports;
using Xunit;

namespace Signalbox.Server.Tests.Runs;

/// <summary>Whatever an agent or a platform calls things, the server takes the report that the runner makes of it.</summary>
public sealed class ReportBoundsContractTests
{
    private const int Many = 20_001;

    private static readonly DateTimeOffset Began = new(2026, 1, 24, 10, 0, 0, TimeSpan.Zero);
    private static readonly string Long = "a\0b" + new string('n', 70_000);

    [Fact]
    public void ANameOfAnyLengthHasNoReportRefused()
    {
        var reading = Reading(new CiContext
        {
            Platform = Long,
            RunId = Long,
            Attempt = Long,
            Number = Long,
            Url = Long,
            JobId = Long,
            JobName = Long,
            Pipeline = Long,
            Actor = new CiActor(Long, Long),
            Repository = Long,
            RepositoryUrl = Long,
            Branch = Long,
            Commit = Long,
            PullRequest = Long,
            Event = Long,
        });
        reading.Take(new SessionStarted { At = Began, Line = 0, SessionId = Long, Model = Long, Version = Long });
        reading.Take(new WorkTreeChanged { At = Began, Method = "manifest", Changes = [new WorkTreeChange(Long, "added", 1, 0, 1, null)] });

        var report = reading.Finish(null, null, 1, out _);

        Assert.Null(RefusalOf(report));
        Assert.Equal((64, 255, 4096), (report.Ci.Platform.Length, report.Ci.Branch!.Length, Assert.Single(report.Changes).Path.Length));
        Assert.Contains('…', report.Agent!.Model!);
        Assert.Equal(20, report.Limits["report_texts"]);
    }

    [Fact]
    public void ModelsThatDifferOnlyInWhatIsCutAreToldApart()
    {
        var reading = Reading(new CiContext { Platform = "shell" });
        foreach (var (model, line) in new[] { Long + "1", Long + "2", "m\0", "m\u0001\0" }.Select(static (model, line) => (model, line)))
        {
            reading.Take(new AssistantSpoke { At = Began, Line = line, MessageId = $"{line}", Model = model, Usage = new TokenCounts(1_000_000_000_000, 1, 0, 0) });
            reading.Take(new AssistantSpoke { At = Began, Line = line, MessageId = $"{line}b", Model = model, Usage = new TokenCounts(1_000_000_000_000, 1, 0, 0) });
        }

        reading.Take(new ResultReported { At = Began, Line = 9, CostUsd = 1e9, Turns = 3 });

        var report = reading.Finish(null, null, 1, out _);

        Assert.Null(RefusalOf(report));
        Assert.Equal(4, report.Usage!.Models.Count);
        Assert.Equal((1_000_000d, 1_000_000_000_000), (report.Usage.CostUsd, report.Usage.Models[0].Input));
        Assert.True(report.Limits["report_figures"] >= 5);
    }

    [Fact]
    public void ManyToolsAndWordsHaveNoReportRefused()
    {
        var reading = Reading(new CiContext { Platform = "shell" }, [.. Enumerable.Repeat("word", Many)]);
        for (var call = 0; call < Many; call++)
        {
            reading.Take(new ToolCalled { At = Began, Line = call, ToolUseId = $"toolu_{call}", Name = $"tool{call}", Input = JsonDocument.Parse("{}").RootElement });
        }

        var report = reading.Finish(null, null, 1, out _);

        Assert.Null(RefusalOf(report));
        Assert.Equal(2, report.Limits["report_items"]);
    }

    [Fact]
    public void AnOrdinaryReportStaysAsItIs()
    {
        var report = Reading(new CiContext { Platform = "shell", Branch = new string('b', 255) }).Finish(null, null, 1, out _);

        Assert.Null(RefusalOf(report));
        Assert.Empty(report.Limits);
        Assert.NotNull(RefusalOf(report with { Ci = report.Ci with { Branch = new string('b', 256) } }));
    }

    private static RunReading Reading(CiContext ci, IReadOnlyList<string>? command = null)
    {
        var start = new RunStart
        {
            At = Began,
            RunId = "20260124T100000Z-1a2b3c4d",
            TraceId = new string('a', 32),
            SpanId = new string('b', 16),
            Command = command ?? ["claude"],
            Folder = "/code",
            Root = "/code",
            Agent = ClaudeCodeReader.AgentName,
            Ci = ci,
            Limits = new RunLimits { MemoryBytes = 512 << 20 },
            RedactionKey = Convert.ToBase64String(new byte[32]),
            RunnerVersion = "0.1.0",
        };
        return new RunReading(start, RedactionSnapshot.RedactorOf(start), static _ => { });
    }

    private static Refusal? RefusalOf(Runner.Readings.Report.RunReport report)
    {
        var read = JsonSerializer.Deserialize(ReportDocument.Write(report), RunsJson.Default.RunReport)!;
        var errors = new ReportErrors();
        ReportRules.Check(read, Began.AddHours(1), errors);
        return errors.ToRefusal();
    }
}
