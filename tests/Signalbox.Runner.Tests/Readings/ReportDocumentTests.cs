using System.Collections;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Signalbox.Runner.Readings.Report;
using Xunit;

namespace Signalbox.Runner.Tests.Readings;

/// <summary>What is written by hand has the form that is read, member by member.</summary>
public sealed class ReportDocumentTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 24, 10, 0, 0, 123, TimeSpan.Zero);
    private static readonly ModelUsageReport Model = new("m \"1\" ä", 1, 2, 3, 4, 0.125);

    private static readonly OutcomeReport Outcome = new()
    {
        RunId = "r",
        TraceId = "t",
        ExitCode = 102,
        ExitSource = "runner",
        Reason = "memory_limit",
        StoppedBy = "runner",
        Detail = "d <b>",
        Signal = 9,
        PeakMemoryBytes = 1L << 40,
        LimitBytes = 2,
        OomKills = 3,
        StartedAt = At,
        FinishedAt = At.AddMilliseconds(1),
        DurationSeconds = 0.1,
    };

    private static readonly TimelineEntry Entry = new()
    {
        At = At,
        Line = 1,
        Kind = "tool",
        Turn = 2,
        Title = "Edit",
        Detail = "\n\u0001",
        ToolUseId = "u",
        Tool = "Edit",
        Outcome = "denied",
        DurationSeconds = 1e-7,
        ParentToolUseId = "p",
        Tokens = 5,
    };

    private static readonly RunReport Full = new()
    {
        Id = "i",
        Revision = 2,
        State = "finished",
        TraceId = "t",
        SpanId = "s",
        StartedAt = At,
        FinishedAt = At,
        DurationSeconds = 12.5,
        Command = ["a", "b c"],
        Folder = "/f",
        Version = "1",
        Ci = new CiReport
        {
            Platform = "github",
            RunId = "1",
            Attempt = "2",
            Number = "3",
            Url = "https://ci.example/1",
            JobId = "4",
            JobName = "test",
            Pipeline = "build",
            Actor = new CiActorReport("ada", "Ada"),
            Repository = "o/r",
            RepositoryUrl = "https://ci.example/o/r",
            Branch = "topic",
            Commit = "abc",
            PullRequest = "7",
            Event = "push",
        },
        Agent = new AgentReport("claude-code", "2", "m", "s", "x"),
        Outcome = Outcome,
        Result = new ResultReport("success", true, 1, 2.5, 3, "text", ["e"]),
        Usage = new UsageReport
        {
            Models = [Model, Model with { CostUsd = null }],
            TotalTokens = 10,
            CostUsd = 1.5,
            CostSource = "mixed",
            CacheHits = 1,
            Messages = 2,
            Reconciliation = new ReconciliationReport { Agrees = false, Counted = [Model], Reported = [Model], Differences = [new UsageDifference("m", "input", 1, 2)], Telemetry = [Model] },
        },
        Budget = new BudgetReport(new BudgetLine(1, 2), new BudgetLine(1.5, 2.5), new BudgetLine(3, 4), new BudgetLine(5, 6)),
        Tools = [new ToolReport("Edit", 3, 1, 1, 0.5)],
        Changes = [new ChangeReport { Path = "a", Kind = "added", LinesAdded = 1, LinesRemoved = 2, Bytes = 3, Attributed = true, ToolUseIds = ["u"], Diff = "+a" }],
        Denials = [new DenialReport("u", "Edit", "a", ["hook"], "no", "p")],
        Audit = new AuditTotals(1, 2, 3, 4) { Actions = [new AuditCount("a", "succeeded", 1)] },
        Risk = new RiskReport(42.5, "medium", [new RiskContribution("ci", 2.5, "r", ["a"])]),
        Resources = new ResourceReport
        {
            LimitBytes = 1,
            PeakBytes = 2,
            PeakPercent = 3.5,
            Measure = "pss",
            CpuSeconds = 4.5,
            OomKills = 5,
            Warnings = 6,
            GarbageCollections = 7,
            Samples = 8,
            Chart = [[0, 1, 2, 3.5], [1.25, 1, 2, 3]],
            Runner = new RunnerResources(1, 2, 3, 4, 5.5, 6),
        },
        Timeline = new TimelineTotals(1, 2),
        Stream = new StreamReport(1, 2, new SortedDictionary<string, long>(StringComparer.Ordinal) { ["x/y"] = 3 }, 4, 5),
        Warnings = [new WarningReport("c", "m")],
        Limits = new SortedDictionary<string, long>(StringComparer.Ordinal) { ["b"] = 2, ["a"] = 1 },
        Files = [new FileReport("audit.jsonl", 1, "00")],
    };

    private static readonly RunReport Bare = new()
    {
        Id = "i",
        Revision = 1,
        State = "running",
        TraceId = "t",
        SpanId = "s",
        StartedAt = At,
        Command = [],
        Folder = "/f",
        Version = "1",
        Ci = new CiReport { Platform = "shell" },
        Outcome = new OutcomeReport { RunId = "r", TraceId = "t", Reason = "completed", StartedAt = At },
        Audit = new AuditTotals(0, 0, 0, 0),
        Risk = new RiskReport(0, "low", []),
        Resources = new ResourceReport { LimitBytes = 0, PeakBytes = 0, PeakPercent = 0, CpuSeconds = 0, Warnings = 0, GarbageCollections = 0, Samples = 0 },
        Timeline = new TimelineTotals(0, 0),
    };

    [Fact]
    public void WritesEveryMemberAsItIsRead() => Assert.Equal(JsonSerializer.Serialize(Full, ReportJson.Written.RunReport) + "\n", Encoding.UTF8.GetString(ReportDocument.Write(Full)));

    [Fact]
    public void LeavesOutWhatIsAbsent() => Assert.Equal(JsonSerializer.Serialize(Bare, ReportJson.Written.RunReport) + "\n", Encoding.UTF8.GetString(ReportDocument.Write(Bare)));

    [Fact]
    public void WritesTheOutcomeAsItIsRead() => Assert.Equal(JsonSerializer.Serialize(Outcome, ReportJson.Written.OutcomeReport) + "\n", Encoding.UTF8.GetString(ReportDocument.Write(Outcome)));

    [Fact]
    public void WritesALineForEachEntryOfTheTimeLine()
    {
        var bare = new TimelineEntry { At = At, Kind = "note", Title = "n" };

        Assert.Equal(
            JsonSerializer.Serialize(Entry, ReportJson.Written.TimelineEntry) + "\n" + JsonSerializer.Serialize(bare, ReportJson.Written.TimelineEntry) + "\n",
            Encoding.UTF8.GetString(ReportDocument.Write([Entry, bare])));
    }

    [Fact]
    public void NoMemberIsMissingFromTheseReports()
    {
        CheckIsFull(Full, nameof(Full));
        CheckIsFull(Entry, nameof(Entry));
    }

    private static void CheckIsFull(object value, string path)
    {
        foreach (var member in value.GetType().GetProperties().Where(static member => member.GetCustomAttribute<JsonIgnoreAttribute>() is null))
        {
            var held = member.GetValue(value);
            Assert.True(held is not null, $"{path}.{member.Name} is not set.");
            if (held is IEnumerable many and not string)
            {
                var items = many.Cast<object>().ToList();
                Assert.True(items.Count > 0, $"{path}.{member.Name} is empty.");
                foreach (var item in items.Where(static item => item.GetType().Namespace == typeof(RunReport).Namespace && item is not ModelUsageReport { CostUsd: null }))
                {
                    CheckIsFull(item, $"{path}.{member.Name}");
                }
            }
            else if (held.GetType().Namespace == typeof(RunReport).Namespace)
            {
                CheckIsFull(held, $"{path}.{member.Name}");
            }
        }
    }
}
