using System.Globalization;
using System.Text.Json.Nodes;

namespace Signalbox.Testing.Runs;

/// <summary>Makes the report of a sample run.</summary>
internal static class SampleReport
{
    private const long Limit = 512L * 1024 * 1024;

    private const string Diff =
        """
        @@ -41,7 +41,16 @@ internal sealed class PaymentClient
             public async Task<Receipt> ChargeAsync(Order order, CancellationToken cancellationToken)
             {
        -        using var response = await _http.PostAsync(_address, Body(order), cancellationToken);
        -        return await ReadAsync(response, cancellationToken);
        +        for (var attempt = 1; ; attempt++)
        +        {
        +            using var response = await _http.PostAsync(_address, Body(order), cancellationToken);
        +            if (response.StatusCode != HttpStatusCode.ServiceUnavailable || attempt == MaxAttempts)
        +            {
        +                return await ReadAsync(response, cancellationToken);
        +            }
        +
        +            await Task.Delay(Backoff(attempt), _clock, cancellationToken);
        +        }
             }

        """;

    public static JsonObject Of(SampleRun run, DateTimeOffset now)
    {
        var start = now - run.Age;
        var isOver = run.State != "running";
        var report = RunReports.Small(run.Number, start);
        report["state"] = run.State;
        report["traceId"] = string.Create(CultureInfo.InvariantCulture, $"4bf92f3577b34da6a3ce929d0e0e{run.Number:x4}");
        report["command"] = run.Agent is null ? new JsonArray("npm", "run", "build") : new JsonArray("claude", "-p", run.Task, "--output-format", "stream-json", "--verbose");
        report["folder"] = $"/builds/{run.Repository}";
        report["version"] = "0.5.0";
        report["ci"] = Ci(run);
        report["outcome"] = Outcome(run, start, isOver);
        if (isOver)
        {
            report["finishedAt"] = RunReports.Time(start + run.Duration);
            report["durationSeconds"] = run.Duration.TotalSeconds;
        }
        else
        {
            report.Remove("finishedAt");
            report.Remove("durationSeconds");
        }

        if (run.Agent is not null)
        {
            AddAgent(report, run, isOver);
        }

        report["resources"] = Resources(run);
        report["risk"] = Risk(run);
        report["audit"] = new JsonObject { ["records"] = run.Agent is null ? 0 : 3 + run.Denials + run.Unattributed, ["denied"] = run.Denials, ["failed"] = 0, ["unattributed"] = run.Unattributed };
        return report;
    }

    private static JsonObject Ci(SampleRun run) => new()
    {
        ["platform"] = "github",
        ["runId"] = string.Create(CultureInfo.InvariantCulture, $"164210077{run.Number:00}"),
        ["attempt"] = "1",
        ["number"] = string.Create(CultureInfo.InvariantCulture, $"{3100 + run.Number}"),
        ["url"] = string.Create(CultureInfo.InvariantCulture, $"https://github.com/{run.Repository}/actions/runs/164210077{run.Number:00}"),
        ["jobName"] = run.Agent is null ? "build" : "agent",
        ["pipeline"] = run.Agent is null ? "CI" : "Agent",
        ["actor"] = new JsonObject { ["id"] = run.Actor, ["name"] = run.ActorName },
        ["repository"] = run.Repository,
        ["repositoryUrl"] = $"https://github.com/{run.Repository}",
        ["branch"] = run.Branch,
        ["commit"] = string.Create(CultureInfo.InvariantCulture, $"9fceb02d0ae598e95dc970b74767f19372d6{run.Number:x4}"),
        ["pullRequest"] = run.PullRequest,
        ["event"] = run.PullRequest is null ? "push" : "pull_request",
    };

    private static JsonObject Outcome(SampleRun run, DateTimeOffset start, bool isOver)
    {
        var isOurs = run.ExitCode == 102;
        var outcome = new JsonObject
        {
            ["runId"] = run.Id,
            ["traceId"] = string.Create(CultureInfo.InvariantCulture, $"4bf92f3577b34da6a3ce929d0e0e{run.Number:x4}"),
            ["reason"] = run.Outcome,
            ["peakMemoryBytes"] = run.PeakBytes,
            ["limitBytes"] = Limit,
            ["oomKills"] = 0,
            ["startedAt"] = RunReports.Time(start),
        };
        if (isOver)
        {
            outcome["exitCode"] = run.ExitCode;
            outcome["exitSource"] = isOurs ? "runner" : "command";
            outcome["stoppedBy"] = isOurs ? "runner" : "command";
            outcome["detail"] = run.Outcome switch
            {
                "memory_limit" => "The command and all it had started took 540 MiB, more than the limit of 512 MiB, and were ended.",
                "budget_usd" => "The budget of 12 USD was used up.",
                "failed" => "The command ended with exit code 1.",
                _ => "The command ended by itself.",
            };
            outcome["finishedAt"] = RunReports.Time(start + run.Duration);
            outcome["durationSeconds"] = run.Duration.TotalSeconds;
        }

        return outcome;
    }

    private static void AddAgent(JsonObject report, SampleRun run, bool isOver)
    {
        var model = Usage(run, run.Model, 1);
        report["agent"] = new JsonObject { ["name"] = run.Agent, ["version"] = "2.0.14", ["model"] = run.Model, ["sessionId"] = $"5b1f5a3e-0c51-4b6f-9a44-{run.Number:000000000000}" };
        report["usage"] = new JsonObject
        {
            ["models"] = new JsonArray(model, Usage(run, "claude-haiku-4-5", 0.05)),
            ["totalTokens"] = SampleTokens(run, 1) + SampleTokens(run, 0.05),
            ["costUsd"] = run.CostUsd,
            ["costSource"] = run.CostUsd is null ? "none" : "reported",
            ["cacheHits"] = 21,
            ["messages"] = 24,
            ["reconciliation"] = new JsonObject { ["agrees"] = true, ["counted"] = new JsonArray(model.DeepClone()), ["reported"] = new JsonArray(model.DeepClone()) },
        };
        report["budget"] = new JsonObject { ["usd"] = new JsonObject { ["limit"] = 12, ["used"] = run.CostUsd }, ["turns"] = new JsonObject { ["limit"] = 60, ["used"] = 24 } };
        report["tools"] = new JsonArray(Tool("Bash", 9, 1, 0), Tool("Edit", 2, 0, 0), Tool("Read", 14, 0, 0), Tool("Write", 1, 0, 0), Tool("WebFetch", run.Denials, 0, run.Denials));
        report["changes"] = Changes(run);
        report["denials"] = new JsonArray([.. Enumerable.Range(1, run.Denials).Select(number => (JsonNode)new JsonObject
        {
            ["toolUseId"] = $"toolu_denied{number}",
            ["tool"] = "WebFetch",
            ["resource"] = "https://pastebin.example/raw/x1",
            ["signals"] = new JsonArray("policy", "result"),
            ["reason"] = "Only addresses of acme.example may be read.",
            ["policyId"] = "no-foreign-hosts",
        })]);
        report["stream"] = new JsonObject { ["bytes"] = 812_400, ["lines"] = 118, ["unknown"] = new JsonObject { ["system/status"] = 2 }, ["broken"] = 0, ["oversized"] = 0 };
        report["warnings"] = run.Unattributed == 0 ? [] : new JsonArray(new JsonObject { ["code"] = "unattributed_changes", ["message"] = "Files were changed that no call of an editing tool tells of." });
        if (isOver)
        {
            report["result"] = new JsonObject
            {
                ["subtype"] = run.Outcome == "failed" ? "error_during_execution" : "success",
                ["isError"] = run.Outcome == "failed",
                ["turns"] = 24,
                ["durationSeconds"] = run.Duration.TotalSeconds - 4,
                ["apiSeconds"] = run.Duration.TotalSeconds * 0.6,
                ["text"] = $"Done: {run.Task}.",
            };
        }
    }

    private static long SampleTokens(SampleRun run, double share) => (long)(run.Output * share) + (long)(run.Output * 0.3 * share) + (long)(run.Output * 40 * share) + (long)(run.Output * 4 * share);

    private static JsonObject Usage(SampleRun run, string model, double share) => new()
    {
        ["model"] = model,
        ["input"] = (long)(run.Output * 0.3 * share),
        ["output"] = (long)(run.Output * share),
        ["cacheRead"] = (long)(run.Output * 40 * share),
        ["cacheCreation"] = (long)(run.Output * 4 * share),
        ["costUsd"] = run.CostUsd is { } cost ? Math.Round(share == 1 ? cost * 0.98 : cost * 0.02, 6) : null,
    };

    private static JsonObject Tool(string name, int calls, int failed, int denied) =>
        new() { ["name"] = name, ["calls"] = calls, ["failed"] = failed, ["denied"] = denied, ["durationSeconds"] = calls * 1.7 };

    private static JsonArray Changes(SampleRun run)
    {
        var changes = new JsonArray(
            new JsonObject
            {
                ["path"] = "src/Payments/PaymentClient.cs", ["kind"] = "modified", ["linesAdded"] = 9, ["linesRemoved"] = 2, ["bytes"] = 4_210, ["attributed"] = true,
                ["toolUseIds"] = new JsonArray("toolu_edit1", "toolu_edit2"), ["diff"] = Diff,
            },
            new JsonObject
            {
                ["path"] = "tests/Payments/RetryTests.cs", ["kind"] = "added", ["linesAdded"] = 58, ["linesRemoved"] = 0, ["bytes"] = 2_312, ["attributed"] = true, ["toolUseIds"] = new JsonArray("toolu_write1"),
            });
        for (var number = 1; number <= run.Unattributed; number++)
        {
            changes.Add(new JsonObject { ["path"] = $"db/migrations/00{number}_stock.sql", ["kind"] = "modified", ["linesAdded"] = 14, ["linesRemoved"] = 3, ["bytes"] = 1_020, ["attributed"] = false });
        }

        return changes;
    }

    private static JsonObject Risk(SampleRun run)
    {
        var contributions = new JsonArray();
        Add("denied_attempts", run.Denials * 8, "The agent tried what it may not do.", "https://pastebin.example/raw/x1");
        Add("unattributed_writes", run.Unattributed * 15, "Files were changed that no event tells of.", "db/migrations/001_stock.sql");
        Add("source_changes", run.Risk - (run.Denials * 8) - (run.Unattributed * 15), "Source files were changed.", "src/Payments/PaymentClient.cs");
        return new JsonObject { ["score"] = run.Risk, ["level"] = run.Level, ["contributions"] = contributions };

        void Add(string rule, double points, string reason, string resource)
        {
            if (points > 0)
            {
                contributions.Add(new JsonObject { ["rule"] = rule, ["points"] = points, ["reason"] = reason, ["resources"] = new JsonArray(resource) });
            }
        }
    }

    private static JsonObject Resources(SampleRun run)
    {
        const int Points = 120;
        var chart = new JsonArray();
        for (var index = 0; index <= Points; index++)
        {
            // Rises in waves to its peak at four fifths of the run.
            var share = Math.Min(1, index / (Points * 0.8));
            var bytes = (long)(run.PeakBytes * (0.25 + (0.75 * share * (0.9 + (0.1 * Math.Cos(index))))) / (index > Points * 0.8 ? 1.3 : 1));
            chart.Add(new JsonArray(Math.Round(run.Duration.TotalSeconds * index / Points, 1), Math.Min(bytes, run.PeakBytes), 31L * 1024 * 1024, Math.Round(40 + (35 * Math.Sin(index / 5.0)), 1)));
        }

        return new JsonObject
        {
            ["limitBytes"] = Limit,
            ["peakBytes"] = run.PeakBytes,
            ["peakPercent"] = Math.Round(100.0 * run.PeakBytes / Limit, 1),
            ["measure"] = "pss",
            ["cpuSeconds"] = Math.Round(run.Duration.TotalSeconds * 0.4, 1),
            ["oomKills"] = 0,
            ["warnings"] = run.PeakBytes > Limit * 0.8 ? 1 : 0,
            ["garbageCollections"] = 0,
            ["samples"] = Points + 1,
            ["chart"] = chart,
        };
    }
}
