using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Readings.Report;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Runner.Tests.Readings;

/// <summary>Facts of different files come in another order live than on replay; the result must not depend on it.</summary>
public sealed class InterleavingTests
{
    private static readonly string Transcripts = RepositoryRoot.File("tests", "Signalbox.Runner.Tests", "Agents", "Transcripts");

    [Theory]
    [InlineData("denials")]
    [InlineData("repeated-usage")]
    [InlineData("sessions")]
    [InlineData("subagents")]
    [InlineData("errors")]
    public void GivesTheSameReportForEveryInterleaving(string transcript)
    {
        var told = RunFacts.Told(File.ReadAllText(Path.Combine(Transcripts, transcript + ".jsonl")));
        var calls = told.OfType<ToolCalled>().ToList();
        IReadOnlyList<RunFact>[] files =
        [
            [.. told],
            [.. Enumerable.Range(0, 8).Select(static index => RunFacts.Sample(index * 3, 100_000_000 + (index * 50_000_000), index > 4 ? "warning" : "normal"))],
            [RunFacts.Event(RunnerEventKind.Started, "It runs.", 0.1, ("pid", "1")), RunFacts.Event(RunnerEventKind.Warning, "Look.", 4, ("code", "look")), RunFacts.Ended(("exitCode", "0"))],
            [.. calls.Take(3).Select(static (call, index) => Decision(call, allow: index != 1))],
            [new WorkTreeChanged { At = RunFacts.Began.AddSeconds(61), Method = "git", Changes = [new WorkTreeChange("src/total.py", "modified", 1, 1, 10, null), new WorkTreeChange("zz.txt", "added", 1, 0, 2, null)] }],
        ];
        var expected = Report(files.SelectMany(static file => file));

        Prop.ForAll<int>(seed => Report(Merged(files, new Random(seed))) == expected).QuickCheckThrowOnFailure();
    }

    private static PolicyDecided Decision(ToolCalled call, bool allow) => new()
    {
        At = call.At.AddMilliseconds(5),
        ToolUseId = call.ToolUseId,
        Allow = allow,
        PolicyId = "rule-1",
        Source = "rules",
        Enforced = true,
    };

    /// <summary>Some order of all facts in which those of each file keep theirs.</summary>
    private static IEnumerable<RunFact> Merged(IReadOnlyList<RunFact>[] files, Random random)
    {
        var next = new int[files.Length];
        while (true)
        {
            var open = Enumerable.Range(0, files.Length).Where(file => next[file] < files[file].Count).ToList();
            if (open.Count == 0)
            {
                yield break;
            }

            var chosen = open[random.Next(open.Count)];
            yield return files[chosen][next[chosen]++];
        }
    }

    private static string Report(IEnumerable<RunFact> facts)
    {
        var reading = RunFacts.Reading(RunFacts.Start());
        foreach (var fact in facts)
        {
            reading.Take(fact);
        }

        reading.Complete();
        var report = reading.Finish(null, null, 1, out var timeline);
        return JsonSerializer.Serialize(report, ReportJson.Written.RunReport)
            + string.Concat(timeline.Select(static entry => JsonSerializer.Serialize(entry, ReportJson.Written.TimelineEntry)))
            + System.Text.Encoding.UTF8.GetString(reading.WriteTrace(report))
            + System.Text.Encoding.UTF8.GetString(Signalbox.Runner.App.Running.RunEnding.AuditFile(reading.Audit));
    }
}
