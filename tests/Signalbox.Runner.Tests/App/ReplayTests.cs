using Signalbox.Runner.App;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Readings;
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
    public async Task AgreesOnDecisionsAboutACommandWhoseOutputIsNotRead()
    {
        const string Decision = """{"at":"2026-01-24T10:00:00Z","toolUseId":"toolu_1","allow":false,"policyId":"no","source":"rules","enforced":true}""";
        await _runner.RunAsync("run", "--", "/bin/sh", "-c", $"echo '{Decision}' >> \"$CICD_RUNNER_FOLDER/decisions.jsonl\"");

        Assert.Single(_runner.Report.Denials);
        Assert.Equal(0, (await _runner.RunAsync("replay", _runner.Run.Path)).ExitCode);
    }

    [Theory]
    [InlineData(RunFiles.Stream, "mkfifo")]
    [InlineData(RunFiles.StreamTimes, "mkfifo")]
    [InlineData(RunFiles.Lock, "mkfifo")]
    [InlineData(RunFiles.Summary, "mkfifo")]
    [InlineData(RunFiles.Report, "mkfifo pipe; ln -s pipe")]
    public async Task RefusesAFolderWithPipesInsteadOfWaitingForThem(string file, string put)
    {
        await _runner.ActAsync(AgentLines.EditScenario("a.txt"), "--agent", "claude-code");
        await _runner.ShellAsync($"cd '{_runner.Run.Path}' && rm -f {file} && {put} {file}");

        var replay = await _runner.RunAsync("replay", _runner.Run.Path);

        Assert.Equal(ExitCodes.WrongUse, replay.ExitCode);
        Assert.Contains(" is a pipe or a link; ", replay.Error, StringComparison.Ordinal);
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

    [Fact]
    public async Task ComputesWhateverIsLeftOfTheFacts()
    {
        const string Rules = """{"rules":[{"id":"no-a","actions":["tool_use/edit_file"],"paths":["a.txt"],"effect":"deny"}]}""";
        await _runner.ActAsync($"{AgentLines.EditScenario("a.txt")}\nedit b.txt unseen", "--agent", "claude-code", "--config", _runner.Write("policy.yaml", $"policy: {Rules}"));
        var run = _runner.Run;
        var start = FactDocument.Read(run.File(RunFiles.Start), FactsJson.Default.RunStart)!;
        string[] names = [RunFiles.Stream, RunFiles.StreamTimes, RunFiles.Samples, RunFiles.Events, RunFiles.Decisions, RunFiles.Changes];
        var whole = names.ToDictionary(static name => name, name => File.ReadAllBytes(run.File(name)), StringComparer.Ordinal);
        Assert.All(whole, static file => Assert.NotEmpty(file.Value));
        var random = new Random(5);
        for (var round = 0; round < 300; round++)
        {
            foreach (var (name, content) in whole)
            {
                await File.WriteAllBytesAsync(run.File(name), random.Next(3) == 0 ? Damaged(content, random) : content, TestContext.Current.CancellationToken);
            }

            var result = await new Replay(run, start, _runner.Environment, TimeProvider.System).RunAsync(write: false, TestContext.Current.CancellationToken);
            Assert.NotEmpty(result.Lines);
        }
    }

    /// <summary>Cut off, without a member, or with something else in the place of one.</summary>
    private static byte[] Damaged(byte[] content, Random random)
    {
        if (random.Next(2) == 0)
        {
            return content[..random.Next(content.Length)];
        }

        var text = System.Text.Encoding.UTF8.GetString(content);
        var members = System.Text.RegularExpressions.Regex.Matches(text, "\"[A-Za-z_]+\":(\"[^\"]*\"|[0-9.]+|true|false|\\[[^\\[\\]]*\\])", System.Text.RegularExpressions.RegexOptions.NonBacktracking | System.Text.RegularExpressions.RegexOptions.ExplicitCapture);
        if (members.Count == 0)
        {
            return content;
        }

        var member = members[random.Next(members.Count)];
        string[] others = ["null", "[null]", "{}", "-1", "1e308", "\"0001-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59.999Z\"", "\"\"", "\"toolu_1\""];
        var name = member.Value[..member.Value.IndexOf(':', StringComparison.Ordinal)];
        return System.Text.Encoding.UTF8.GetBytes(string.Concat(text.AsSpan(0, member.Index), random.Next(4) == 0 ? "\"x\":1" : $"{name}:{others[random.Next(others.Length)]}", text.AsSpan(member.Index + member.Length)));
    }
}
