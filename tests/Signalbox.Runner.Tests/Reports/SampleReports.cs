using Signalbox.Runner.Readings.Report;

namespace Signalbox.Runner.Tests.Reports;

/// <summary>Reports of runs as they occur, for whatever is written from them.</summary>
internal static class SampleReports
{
    public static readonly DateTimeOffset Start = new(2026, 1, 24, 10, 0, 0, TimeSpan.Zero);

    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";

    /// <summary>A plain command that did nothing worth telling.</summary>
    public static RunReport Plain { get; } = new()
    {
        Id = "20260124T100000Z-1a2b3c4d",
        Revision = 1,
        State = "finished",
        TraceId = TraceId,
        SpanId = "b7ad6b7169203331",
        StartedAt = Start,
        FinishedAt = Start.AddSeconds(3.25),
        DurationSeconds = 3.25,
        Command = ["make", "test"],
        Folder = "/builds/shop",
        Version = "0.1.0",
        Ci = new CiReport { Platform = "shell", Actor = new CiActorReport("alice", null) },
        Outcome = Ended("completed", 0) with { FinishedAt = Start.AddSeconds(3.25), DurationSeconds = 3.25 },
        Audit = new AuditTotals(0, 0, 0, 0),
        Risk = new RiskReport(0, "low", []),
        Resources = Resources(0),
        Timeline = new TimelineTotals(2, 0),
    };

    /// <summary>An agent that changed files, was denied one, and whose shell changed another behind its back.</summary>
    public static RunReport Agent { get; } = Plain with
    {
        FinishedAt = Start.AddSeconds(125.5),
        DurationSeconds = 125.5,
        Command = ["claude", "-p", "fix the build"],
        Ci = new CiReport
        {
            Platform = "github",
            RunId = "10453311233",
            Attempt = "1",
            Number = "812",
            Url = "https://github.com/acme/shop/actions/runs/10453311233/attempts/1",
            JobName = "fix",
            Pipeline = "agent",
            Actor = new CiActorReport("alice", "Alice Example"),
            Repository = "acme/shop",
            RepositoryUrl = "https://github.com/acme/shop",
            Branch = "fix/build",
            Commit = "3f2a9c81d4b5e6f708192a3b4c5d6e7f80912233",
            PullRequest = "42",
            Event = "pull_request",
        },
        Agent = new AgentReport("claude-code", "2.1.240", "claude-sonnet-4-5-20250929", "aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa", null),
        Outcome = Ended("completed", 0) with { FinishedAt = Start.AddSeconds(125.5), DurationSeconds = 125.5, PeakMemoryBytes = 220_200_960, LimitBytes = 536_870_912 },
        Result = new ResultReport("success", false, 7, 118.2, 96.4, "The build is green again.", []),
        Usage = Usage(),
        Budget = new BudgetReport(new BudgetLine(500_000, 131_268), new BudgetLine(2, 0.4213), null, null),
        Tools = [new ToolReport("Bash", 4, 1, 0, 21.5), new ToolReport("Edit", 3, 0, 1, 0.4), new ToolReport("mcp__github__create_issue", 1, 0, 0, 1.1)],
        Changes =
        [
            new ChangeReport { Path = ".github/workflows/ci.yml", Kind = "modified", LinesAdded = 2, LinesRemoved = 1, Bytes = 812, Attributed = false },
            new ChangeReport { Path = "docs/logo.png", Kind = "added", Bytes = 48_213, Attributed = true, ToolUseIds = ["toolu_05"] },
            new ChangeReport { Path = "src/Cart.cs", Kind = "modified", LinesAdded = 18, LinesRemoved = 4, Bytes = 5_120, Attributed = true, ToolUseIds = ["toolu_02", "toolu_03"] },
            new ChangeReport { Path = "src/Old.cs", Kind = "deleted", LinesAdded = 0, LinesRemoved = 77, Bytes = 0, Attributed = true, ToolUseIds = ["toolu_04"] },
        ],
        Denials = [new DenialReport("toolu_06", "Edit", "deploy/production.yml", ["policy", "result"], "Only releases change what is deployed.", "no-production")],
        Audit = new AuditTotals(6, 1, 1, 1)
        {
            Actions = [new AuditCount("platform/create_issue", "failed", 1), new AuditCount("tool_use/edit_file", "denied", 1), new AuditCount("tool_use/edit_file", "succeeded", 4)],
        },
        Risk = new RiskReport(46, "medium",
        [
            new RiskContribution("ci_files", 20, "Files that decide what CI runs were changed.", [".github/workflows/ci.yml"]),
            new RiskContribution("unattributed", 15, "A file was changed and no event tells of it.", [".github/workflows/ci.yml"]),
            new RiskContribution("deletions", 6, "A file was deleted.", ["src/Old.cs"]),
            new RiskContribution("denied", 5, "A call was denied.", ["deploy/production.yml"]),
        ]),
        Resources = Resources(536_870_912),
        Timeline = new TimelineTotals(31, 0),
        Stream = new StreamReport(48_112, 31, new SortedDictionary<string, long>(StringComparer.Ordinal) { ["prompt_suggestion"] = 2 }, 1, 0),
        Warnings = [new WarningReport("usage_differs", "The tokens that were counted and those that the agent reported differ.")],
        Limits = new SortedDictionary<string, long>(StringComparer.Ordinal) { ["timeline_entries"] = 12 },
    };

    /// <summary>An agent that was stopped for its memory, and all of whose texts mean harm.</summary>
    public static RunReport Hostile { get; } = Agent with
    {
        Ci = Agent.Ci with { Branch = "a|b`c", Repository = "acme/shop](https://evil.example)", RepositoryUrl = "javascript:alert(1)", Actor = new CiActorReport("<img src=x onerror=alert(1)>", null), Number = "812 @channel" },
        Agent = Agent.Agent! with { Name = "agent @everyone <script>" },
        Outcome = Ended("memory_limit", 102) with { Detail = "The tree used 600 MiB\n\n# of 512 | MiB.\n<script>alert(1)</script> see https://evil.example and www.evil.example", StoppedBy = "runner", ExitSource = "runner" },
        Usage = Agent.Usage! with { Models = [new ModelUsageReport("model|with`pipes\n| x |", 1, 2, 3, 4, null)], CostUsd = null },
        Changes =
        [
            new ChangeReport { Path = "src/`rm -rf`|.cs", Kind = "modified", LinesAdded = 1, LinesRemoved = 1, Bytes = 1, Attributed = false },
            new ChangeReport { Path = "src/\u202egnp.exe\n## no headline", Kind = "<b>added</b>", LinesAdded = 1, Bytes = 1, Attributed = true },
            new ChangeReport { Path = new string('x', 5000), Kind = "added", LinesAdded = 1, Bytes = 1, Attributed = true },
        ],
        Denials = [new DenialReport(null, "Edit", "a_b*c*[d](e)", ["result"], "@alice please look at #12 <!-- hidden -->", "p`|`")],
        Warnings = [new WarningReport("x`y", "one\r\n- two | three")],
    };

    private static OutcomeReport Ended(string reason, int code) => new()
    {
        RunId = "20260124T100000Z-1a2b3c4d",
        TraceId = TraceId,
        ExitCode = code,
        ExitSource = "command",
        Reason = reason,
        StoppedBy = "command",
        StartedAt = Start,
    };

    private static ResourceReport Resources(long limit) => new()
    {
        LimitBytes = limit,
        PeakBytes = 220_200_960,
        PeakPercent = limit == 0 ? 0 : 220_200_960.0 / limit * 100,
        Measure = "rss",
        CpuSeconds = 14.75,
        Warnings = 0,
        GarbageCollections = 0,
        Samples = 13,
        Chart = [[0, 104_857_600, 31_457_280, 12.5], [10, 220_200_960, 32_505_856, 80]],
        Runner = new RunnerResources(8_388_608, 16_777_216, 14, 3, 35.5, 188_743_680),
    };

    private static UsageReport Usage() => new()
    {
        Models =
        [
            new ModelUsageReport("claude-haiku-4-5", 1_200, 340, 0, 0, 0.0029),
            new ModelUsageReport("claude-sonnet-4-5-20250929", 2_518, 4_410, 112_300, 10_500, 0.4184),
        ],
        TotalTokens = 131_268,
        CostUsd = 0.4213,
        CostSource = "reported",
        CacheHits = 6,
        Messages = 9,
        Reconciliation = new ReconciliationReport
        {
            Agrees = false,
            Differences = [new UsageDifference("claude-sonnet-4-5-20250929", "output", 4_380, 4_410)],
        },
    };
}
