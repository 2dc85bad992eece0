using Signalbox.Runner.Facts;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Runner.Tests.App;

/// <summary>Replays of runs that ended, and of runs whose runner was killed.</summary>
public sealed class ReplayTests : IDisposable
{
    private readonly RunnerProgram _runner = new();

    public static TheoryData<string> Transcripts =>
        [.. Directory.GetFiles(RepositoryRoot.File("tests", "Signalbox.Runner.Tests", "Agents", "Transcripts"), "*.jsonl").Select(static file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    public void Dispose() => _runner.Dispose();

    [Theory]
    [MemberData(nameof(Transcripts))]
    public async Task AgreesByteForByte(string transcript)
    {
        var file = RepositoryRoot.File("tests", "Signalbox.Runner.Tests", "Agents", "Transcripts", transcript + ".jsonl");
        var run = await _runner.ActAsync($"edit unattributed.txt text\ncat {file}\n", "--agent", transcript == "codex" ? "codex" : "claude-code");

        var replay = await _runner.RunAsync("replay", _runner.Run.Path);

        Assert.Equal(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), run.Output);
        Assert.Equal($"The run {_runner.Run.RunId} agrees with its facts.\n", replay.Output);
        Assert.Equal(0, replay.ExitCode);
    }

    [Fact]
    public async Task SaysWhatDiffersAndWritesItWhenTold()
    {
        await _runner.ActAsync(AgentLines.EditScenario("a.txt"), "--agent", "claude-code");
        await File.AppendAllTextAsync(_runner.Run.File(RunFiles.Metrics), "forged 1\n", TestContext.Current.CancellationToken);
        File.Delete(_runner.Run.File(RunFiles.Summary));

        var before = await _runner.RunAsync("replay", _runner.Run.Path);
        var write = await _runner.RunAsync("replay", "--write", _runner.Run.Path);
        var after = await _runner.RunAsync("replay", _runner.Run.Path);

        Assert.Equal((1, 1, 0), (before.ExitCode, write.ExitCode, after.ExitCode));
        Assert.Contains("metrics.prom differs.\n", before.Output, StringComparison.Ordinal);
        Assert.Contains("summary.md is missing.\n", before.Output, StringComparison.Ordinal);
        Assert.Equal(2, _runner.Report.Revision);
    }

    [Fact]
    public async Task RefusesWhatIsNoRunAndWhatGoesOn()
    {
        Assert.Equal(2, (await _runner.RunAsync("replay", _runner.Folder)).ExitCode);

        await using var child = _runner.Start(_runner.Act("hang"));
        await child.WaitForLineAsync("hanging", TestContext.Current.CancellationToken);
        Assert.Equal(2, (await _runner.RunAsync("replay", _runner.Run.Path)).ExitCode);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(40)]
    [InlineData(95)]
    public async Task RebuildsARunWhoseRunnerWasKilled(int lines)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Looks into /proc.");
        var said = Enumerable.Range(0, 100).Select(static index => AgentLines.Says($"m-{index}", $"text {index}")).ToList();
        var scenario = $"say {AgentLines.Session}\nedit by-shell.txt x\n{string.Concat(said.Select(static line => $"say {line}\nsleep 0.005\n"))}hang";
        await using var child = _runner.Start(_runner.Act(scenario, "--agent", "claude-code"));
        await child.WaitForLineAsync($"text {lines - 1}\"", TestContext.Current.CancellationToken);

        child.Signal(9);
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);

        // Nothing of the tree is left, although nobody was there to end it.
        var mark = "CICD_RUNNER_RUN=" + _runner.Run.RunId;
        await Eventually.HoldsAsync("the command's tree ended", () => Task.FromResult(!Directory.GetDirectories("/proc").Any(process => ProcessMark.Has(process, mark))), TestContext.Current.CancellationToken);

        // All that reached anybody was on disk before.
        var stream = await File.ReadAllTextAsync(_runner.Run.File(RunFiles.Stream), TestContext.Current.CancellationToken);
        Assert.StartsWith(child.Output.Split('\n').Where(static line => line.StartsWith("{\"type\"", StringComparison.Ordinal)).Aggregate(string.Empty, static (text, line) => text + line + "\n"), stream, StringComparison.Ordinal);
        Assert.All(stream.Split('\n')[1..^1].Zip(said), static pair => Assert.Equal(pair.Second, pair.First));

        var first = await _runner.RunAsync("replay", "--write", _runner.Run.Path);
        var second = await _runner.RunAsync("replay", _runner.Run.Path);

        Assert.Equal((1, 0), (first.ExitCode, second.ExitCode));
        var report = _runner.Report;
        Assert.Equal(("incomplete", "incomplete"), (report.State, report.Outcome.Reason));
        Assert.InRange(report.Usage!.Messages, lines, 100);
        Assert.Contains(report.Changes, static change => change is { Path: "by-shell.txt", Attributed: false });
    }
}
