using System.Text.RegularExpressions;
using Signalbox.Runner.Facts;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Processes;
using Xunit;

namespace Signalbox.Runner.Tests.App;

/// <summary>The runner is killed at a moment that chance chooses, while its agent tells, edits and has processes of its own.</summary>
public sealed partial class KilledRunnerTests : IDisposable
{
    private const int Kill = 9;
    private const int Edits = 40;

    /// <summary>Processes that stay with the agent, that leave its group, and that leave their parent too; files that no event tells of.</summary>
    private const string Beginning =
        """
        shell (sleep 1000 & setsid sleep 1000 & setsid -f sleep 1000) >/dev/null 2>&1 &
        edit by-shell.txt x

        """;

    private readonly RunnerProgram _runner = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _runner.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task TheStreamIsWholeTheRestIsRebuiltAndNothingIsLeft(int seed)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Looks into /proc.");
        var random = new Random(seed);
        var mark = $"CICD_TEST_TREE={Guid.CreateVersion7()}";
        _runner.Environment["CICD_TEST_TREE"] = mark.Split('=')[1];
        await using var child = _runner.Start(_runner.Act($"say {AgentLines.Session}\n{Beginning}{string.Concat(Enumerable.Range(0, Edits).Select(Act))}hang", "--agent", "claude-code"));

        await WaitAsync(child, random, seed);
        child.Signal(Kill);
        await child.WaitForExitAsync(Cancelled);

        await Eventually.HoldsAsync("nothing of the tree is left", () => Task.FromResult(!Directory.GetDirectories("/proc").Any(process => ProcessMark.Has(process, mark))), Cancelled);
        await TheStreamIsWholeAsync(child);
        await TheRestIsRebuiltAsync();
    }

    /// <summary>What the agent tells and does of one edit.</summary>
    private static string Act(int index) => $"say {AgentLines.Edits($"toolu_{index}", $"file-{index}.txt")}\nedit file-{index}.txt b\nsay {AgentLines.Returns($"toolu_{index}", "The file has been updated.")}\nsleep 0.015\n";

    /// <summary>Odd seeds wait from the start on, which meets a runner that is beginning or in the middle; the others until the agent is somewhere, and a little longer.</summary>
    private static async Task WaitAsync(ChildProcess child, Random random, int seed)
    {
        if (seed % 2 == 0)
        {
            await child.WaitForLineAsync($"\"toolu_{random.Next(Edits)}\"", Cancelled);
        }

        using var moment = new PeriodicTimer(TimeSpan.FromMilliseconds(seed % 2 == 0 ? random.Next(1, 30) : (150 * seed) + random.Next(150)));
        await moment.WaitForNextTickAsync(Cancelled);
    }

    /// <summary>All that reached anybody was on disk before, and what is there is what the agent told, up to where it ends.</summary>
    private async Task TheStreamIsWholeAsync(ChildProcess child)
    {
        var stream = await StreamAsync();
        var passedOn = string.Join('\n', child.Output.Split('\n').Where(static line => line.StartsWith("{\"type\"", StringComparison.Ordinal)));
        var told = string.Concat(Enumerable.Range(0, Edits).Select(Act).Prepend($"say {AgentLines.Session}\n").SelectMany(static act => act.Split('\n')).Where(static line => line.StartsWith("say ", StringComparison.Ordinal)).Select(static line => line[4..] + "\n"))
            .Replace("$FOLDER", _runner.Folder, StringComparison.Ordinal) + "hanging\n";
        Assert.StartsWith(passedOn, stream, StringComparison.Ordinal);
        Assert.StartsWith(stream, told, StringComparison.Ordinal);
    }

    private async Task TheRestIsRebuiltAsync()
    {
        if (RunFolder.Newest(Path.Combine(_runner.Folder, ".cicd-runner", "runs")) is not { } run || !File.Exists(run.File(RunFiles.Start)))
        {
            // It had not begun: there is nothing to rebuild, and nothing was started.
            Assert.False(File.Exists(Path.Combine(_runner.Folder, "by-shell.txt")));
            return;
        }

        var write = await _runner.RunAsync("replay", "--write", run.Path);
        var again = await _runner.RunAsync("replay", run.Path);
        Assert.True(again.ExitCode == 0, write.Output + write.Error + again.Output + again.Error);

        var lines = (await StreamAsync()).Split('\n')[..^1];
        var called = lines.Select(static line => CallLine().Match(line)).Where(static match => match.Success).Select(static match => int.Parse(match.Groups["index"].Value, System.Globalization.CultureInfo.InvariantCulture)).ToHashSet();
        var returned = lines.Select(static line => AnswerLine().Match(line)).Where(static match => match.Success).Select(static match => int.Parse(match.Groups["index"].Value, System.Globalization.CultureInfo.InvariantCulture)).ToHashSet();
        var report = _runner.Report;
        Assert.Equal(("incomplete", "incomplete"), (report.State, report.Outcome.Reason));
        Assert.Equal(called.Count, report.Usage?.Messages ?? 0);
        Assert.Equal(File.Exists(Path.Combine(_runner.Folder, "by-shell.txt")), report.Changes.Any(static change => change is { Path: "by-shell.txt", Attributed: false }));
        var records = RunnerProgram.Lines(await File.ReadAllTextAsync(run.File(RunFiles.Audit), Cancelled));
        for (var index = 0; index < Edits; index++)
        {
            if (File.Exists(Path.Combine(_runner.Folder, $"file-{index}.txt")))
            {
                // A change whose call was still in the pipe when the reader died is one that no event tells of; one whose answer was read is the call's.
                var change = Assert.Single(report.Changes, change => change.Path == $"file-{index}.txt");
                Assert.True(change.Attributed ? called.Contains(index) : !returned.Contains(index), $"{change} in {string.Join(" | ", lines.TakeLast(3))}");
                Assert.Contains(records, record => record.GetProperty("resource").GetString() == change.Path);
            }
        }
    }

    private async Task<string> StreamAsync() =>
        RunFolder.Newest(Path.Combine(_runner.Folder, ".cicd-runner", "runs")) is { } run && File.Exists(run.File(RunFiles.Stream)) ? await File.ReadAllTextAsync(run.File(RunFiles.Stream), Cancelled) : string.Empty;

    [GeneratedRegex("\"type\":\"tool_use\",\"id\":\"toolu_(?<index>[0-9]+)\"", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex CallLine();

    [GeneratedRegex("\"tool_use_id\":\"toolu_(?<index>[0-9]+)\"", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex AnswerLine();
}
