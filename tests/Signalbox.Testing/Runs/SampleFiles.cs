using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Signalbox.Testing.Runs;

/// <summary>Makes the files of a sample run.</summary>
internal static class SampleFiles
{
    private static readonly string[] Read = ["src/Payments/PaymentClient.cs", "src/Payments/Receipt.cs", "tests/Payments/ChargeTests.cs", "docs/payments.md"];

    public static IReadOnlyList<(string Name, byte[] Content)> Of(SampleRun run, DateTimeOffset now)
    {
        var start = now - run.Age;
        var timeline = Timeline(run, start);
        List<(string Name, byte[] Content)> files =
        [
            ("log.jsonl", Lines(
                Log(start, "info", "Runner started"),
                Log(start.AddSeconds(20), run.PeakBytes > 430L * 1024 * 1024 ? "warn" : "info", $"Memory: {run.PeakBytes / 1024 / 1024} MiB at most"))),
            ("samples.jsonl", Lines(Sample(start, run.PeakBytes / 3), Sample(start + (run.Duration / 2), run.PeakBytes))),
            ("timeline.jsonl", Lines([.. timeline])),
            ("trace.json", SampleTrace.Of(run, start)),
            ("summary.md", Encoding.UTF8.GetBytes($"## {run.Task}\n\n| outcome | risk | cost |\n| --- | --- | --- |\n| {run.Outcome} | {run.Risk} ({run.Level}) | {run.CostUsd?.ToString("0.00", CultureInfo.InvariantCulture) ?? "–"} USD |\n")),
        ];
        if (run.Agent is not null)
        {
            files.Add(("audit.jsonl", Lines(
                Audit(run, start.AddSeconds(40), "tool_use/edit_file", Read[0], "succeeded"), Audit(run, start.AddSeconds(60), "tool_use/create_file", "tests/Payments/RetryTests.cs", "succeeded"))));
        }

        return files;
    }

    private static List<JsonObject> Timeline(SampleRun run, DateTimeOffset start)
    {
        var entries = new List<JsonObject> { Entry(start, "runner", $"Started {(run.Agent is null ? run.Task : "claude")}", null) };
        if (run.Agent is null)
        {
            entries.Add(Entry(start + run.Duration, "runner", "The command ended with exit code 0", null));
            return entries;
        }

        entries.Add(Entry(start.AddSeconds(2), "session", $"Session with {run.Model}", 1));
        var step = run.Duration / 30;
        for (var turn = 1; turn <= 24; turn++)
        {
            var at = start + (step * turn);
            entries.Add(With(Entry(at, turn % 5 == 0 ? "thinking" : "text", turn % 5 == 0 ? "Thought about what is left to do" : $"I will look at {Read[turn % Read.Length]} next.", turn), "tokens", (run.Output / 24) + turn));
            entries.Add(ToolEntry(at.AddSeconds(3), turn));
        }

        for (var number = 1; number <= run.Denials; number++)
        {
            var denial = With(With(Entry(start + (step * (24 + number)), "denial", "WebFetch was refused: https://pastebin.example/raw/x1", 24), "toolUseId", $"toolu_denied{number}"), "tool", "WebFetch");
            entries.Add(With(denial, "outcome", "denied"));
        }

        if (run.State != "running")
        {
            entries.Add(Entry(start + (step * 29), "result", run.Outcome == "failed" ? "The agent reports an error" : "The agent is done", 24));
            entries.Add(Entry(start + run.Duration, "runner", run.ExitCode == 102 ? $"The runner ended the command: {run.Outcome}" : string.Create(CultureInfo.InvariantCulture, $"The command ended with exit code {run.ExitCode}"), null));
        }

        return entries;
    }

    private static JsonObject ToolEntry(DateTimeOffset at, int turn)
    {
        var (tool, title) = (turn % 6) switch
        {
            0 => ("Edit", $"Edit {Read[0]}"),
            1 or 4 => ("Bash", "dotnet test tests/Payments"),
            _ => ("Read", $"Read {Read[turn % Read.Length]}"),
        };
        var entry = With(With(Entry(at, "tool", title, turn), "tool", tool), "toolUseId", string.Create(CultureInfo.InvariantCulture, $"toolu_{turn:00}"));
        entry["outcome"] = turn == 4 ? "failed" : "succeeded";
        entry["durationSeconds"] = tool == "Bash" ? 8.4 : 0.2;
        if (tool == "Bash")
        {
            entry["detail"] = turn == 4 ? "Failed: 1, Passed: 41\nRetryTests.GivesUpAfterFiveAttempts: Expected 5, was 6" : "Failed: 0, Passed: 42";
        }

        return entry;
    }

    private static JsonObject Entry(DateTimeOffset at, string kind, string title, int? turn)
    {
        var entry = new JsonObject { ["at"] = RunReports.Time(at), ["kind"] = kind, ["title"] = title };
        if (turn is not null)
        {
            entry["turn"] = turn;
            entry["line"] = turn * 4;
        }

        return entry;
    }

    private static JsonObject With(JsonObject entry, string name, JsonNode value)
    {
        entry[name] = value;
        return entry;
    }

    private static JsonObject Log(DateTimeOffset at, string level, string message) => new() { ["level"] = level, ["ts"] = RunReports.Time(at), ["msg"] = message, ["component"] = "runner" };

    private static JsonObject Sample(DateTimeOffset at, long bytes) => new() { ["at"] = RunReports.Time(at), ["memoryBytes"] = bytes };

    private static JsonObject Audit(SampleRun run, DateTimeOffset at, string action, string resource, string outcome) => new()
    {
        ["level"] = "info",
        ["ts"] = RunReports.Time(at),
        ["msg"] = $"Audit: Actor {run.Actor} modified Resource {resource}",
        ["audit"] = true,
        ["actor"] = run.Actor,
        ["agent"] = run.Agent,
        ["action"] = action,
        ["resource"] = resource,
        ["outcome"] = outcome,
    };

    private static byte[] Lines(params IReadOnlyList<JsonObject> objects) => Encoding.UTF8.GetBytes(string.Concat(objects.Select(static line => line.ToJsonString() + "\n")));
}
