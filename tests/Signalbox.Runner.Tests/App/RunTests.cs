using Signalbox.Runner.Facts;
using Signalbox.Testing.Clock;
using Xunit;

namespace Signalbox.Runner.Tests.App;

/// <summary>Runs as their users see them: codes, output, reasons.</summary>
public sealed class RunTests : IDisposable
{
    private readonly RunnerProgram _runner = new();

    public void Dispose() => _runner.Dispose();

    [Theory]
    [InlineData("exit 0", 0, "command", "completed")]
    [InlineData("exit 3", 3, "command", "failed")]
    [InlineData("exit 102", 102, "command", "failed")]
    [InlineData("exit 137", 137, "command", "failed")]
    [InlineData("kill -9 $$", 137, "signal", "signal")]
    [InlineData("kill -15 $$", 143, "signal", "signal")]
    public async Task PassesTheCommandsEndThrough(string script, int code, string source, string reason)
    {
        var result = await _runner.RunAsync("run", "--", "/bin/sh", "-c", script);

        Assert.Equal(code, result.ExitCode);
        var outcome = _runner.Report.Outcome;
        Assert.Equal((code, source, reason), (outcome.ExitCode, outcome.ExitSource, outcome.Reason));
    }

    [Fact]
    public async Task TellsOfAuditRecordsThatTheirFileDidNotTake()
    {
        var (written, missing) = (Path.Combine(_runner.Folder, "audit of all.jsonl"), Path.Combine(_runner.Folder, "no folder", "audit.jsonl"));

        await _runner.ActAsync(AgentLines.EditScenario("a.txt"), "--agent", "claude-code", "--set", $"audit.file={written}");
        Assert.Equal(await File.ReadAllTextAsync(_runner.Run.File(RunFiles.Audit), TestContext.Current.CancellationToken), await File.ReadAllTextAsync(written, TestContext.Current.CancellationToken));
        Assert.DoesNotContain("audit_not_written", _runner.Report.Warnings.Select(static warning => warning.Code));

        await _runner.ActAsync(AgentLines.EditScenario("b.txt"), "--agent", "claude-code", "--set", $"audit.file={missing}");
        Assert.Contains(missing, Assert.Single(_runner.Report.Warnings, static warning => warning.Code == "audit_not_written").Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SaysWhatIsNotThereAndWhatCannotBeStarted()
    {
        var missing = await _runner.RunAsync("run", "--", "no-such-program-at-all");
        Assert.Equal((127, "not_started"), (missing.ExitCode, _runner.Report.Outcome.Reason));

        var locked = await _runner.RunAsync("run", "--", _runner.Write("plain.txt", "text"));
        Assert.Equal((126, "not_started"), (locked.ExitCode, _runner.Report.Outcome.Reason));
    }

    [Fact]
    public async Task LeavesTheOutputOfAPlainCommandAlone()
    {
        var result = await _runner.RunAsync("--", "/bin/sh", "-c", "echo out; echo err >&2");

        Assert.Equal("out\n", result.Output);
        Assert.Contains("err\n", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_runner.Run.File(RunFiles.Stream)));
        Assert.Null(_runner.Report.Usage);
    }

    [Theory]
    [InlineData("printf x | dd of=$CICD_RUNNER_FOLDER/stream.ndjson conv=notrunc bs=1 count=1 2>/dev/null", true)]
    [InlineData("echo '{}' >> $CICD_RUNNER_FOLDER/stream.ndjson", true)]
    [InlineData("rm $CICD_RUNNER_FOLDER/stream.ndjson", true)]
    [InlineData("rm $CICD_RUNNER_FOLDER/stream.ndjson; mkfifo $CICD_RUNNER_FOLDER/stream.ndjson", true)]
    [InlineData("true", false)]
    public async Task SaysWhenTheAgentHasChangedWhatItSaid(string script, bool warned)
    {
        await _runner.RunAsync("--agent", "claude-code", "--", "/bin/sh", "-c", $"echo '{AgentLines.Session}'; while ! [ -s $CICD_RUNNER_FOLDER/stream.ndjson ]; do sleep 0.05; done; {script}");

        Assert.Equal(warned, _runner.Report.Warnings.Any(static warning => warning.Code == "stream_changed"));
    }

    [Theory]
    [InlineData(RunFiles.Log)]
    [InlineData(RunFiles.Samples)]
    [InlineData(RunFiles.Telemetry)]
    [InlineData(RunFiles.BeforeIndex)]
    [InlineData("../latest")]
    public async Task WaitsForNoPipeThatTheCommandPutsInTheirPlace(string file)
    {
        await _runner.ShellAsync("git init -q . && git -c user.name=a -c user.email=a@b commit -q --allow-empty -m x");
        var result = await _runner.RunAsync("--", "/bin/sh", "-c", $"cd $CICD_RUNNER_FOLDER && rm -f {file} && mkfifo {file}; exit 3");

        Assert.Equal(3, result.ExitCode);
    }

    [Fact]
    public async Task FailsWhenTheAgentSaysThatItFailed()
    {
        var result = await _runner.ActAsync($"say {AgentLines.Session}\nsay {AgentLines.Result(isError: true)}", "--agent", "claude-code");

        Assert.Equal((1, "agent_error", "agent"), (result.ExitCode, _runner.Report.Outcome.Reason, _runner.Report.Outcome.ExitSource));
    }

    [Fact]
    public async Task EndsAnAgentThatHangsAfterItsResult()
    {
        var result = await _runner.ActAsync($"say {AgentLines.Session}\nsay {AgentLines.Result()}\nhang", "--agent", "claude-code", "--set", "agent.hang_after_result=1s");

        Assert.Equal((0, "hang_after_result", "runner"), (result.ExitCode, _runner.Report.Outcome.Reason, _runner.Report.Outcome.StoppedBy));
    }

    [Fact]
    public async Task EndsAnAgentThatTellsNothing()
    {
        var result = await _runner.ActAsync($"say {AgentLines.Session}\nhang", "--agent", "claude-code", "--set", "agent.stall_timeout=1s");

        Assert.Equal((1, "stalled", "runner"), (result.ExitCode, _runner.Report.Outcome.Reason, _runner.Report.Outcome.StoppedBy));
    }

    [Theory]
    [InlineData("--budget-turns", "2", "budget_turns")]
    [InlineData("--budget-tokens", "250", "budget_tokens")]
    [InlineData("--budget-minutes", "0.02", "budget_minutes")]
    [InlineData("--budget-usd", "0.0005", "budget_usd")]
    public async Task EndsARunThatIsPastItsBudget(string flag, string value, string reason)
    {
        // Of what an agent spends while it goes on, only a price list tells.
        await File.WriteAllTextAsync(Path.Combine(_runner.Folder, ".cicd-ai-toolkit.yaml"), "prices:\n  claude-sonnet-*: {input: 3, output: 15}\n", TestContext.Current.CancellationToken);
        var scenario = $"say {AgentLines.Session}\nsay {AgentLines.Says("m-1", "one")}\nsay {AgentLines.Says("m-2", "two")}\nsay {AgentLines.Says("m-3", "three")}\nhang";
        var result = await _runner.ActAsync(scenario, "--agent", "claude-code", flag, value);

        Assert.Equal((102, reason, "runner"), (result.ExitCode, _runner.Report.Outcome.Reason, _runner.Report.Outcome.ExitSource));
        Assert.NotNull(_runner.Report.Budget);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TellsOfAPassedBudgetHoweverFastTheAgentEnds(bool isError)
    {
        var result = await _runner.ActAsync($"say {AgentLines.Session}\nsay {AgentLines.Says("m-1", "one")}\nsay {AgentLines.Result(isError)}", "--agent", "claude-code", "--budget-tokens", "5");

        Assert.Equal((102, "budget_tokens"), (result.ExitCode, _runner.Report.Outcome.Reason));
    }

    [Fact]
    public async Task GoesOnWhenTheCommandRemovesTheRunsFolder()
    {
        var file = _runner.Write("lines", $"{AgentLines.Session}\n{AgentLines.Says("m-1", "one")}\n{AgentLines.Result()}\n");
        var result = await _runner.RunAsync("run", "--agent", "claude-code", "--", "/bin/sh", "-c", $"rm -rf .cicd-runner; cat '{file}'; exit 3");

        Assert.Equal(3, result.ExitCode);
        Assert.Equal((3, "failed"), (_runner.Report.Outcome.ExitCode, _runner.Report.Outcome.Reason));
        Assert.Equal((3, 1), (_runner.Report.Stream!.Lines, _runner.Report.Usage!.Messages));
        Assert.Contains(_runner.Report.Warnings, static warning => warning.Code == "run_folder_removed");
    }

    [Fact]
    public async Task SaysThatTheWorkingFolderIsGone()
    {
        var result = await _runner.ShellAsync($"mkdir gone && cd gone && rmdir ../gone && '{RunnerProgram.Path}' run -- true; echo $?");

        Assert.Equal("126\n", result.Output);
        Assert.Equal("The working folder is not there any more; go to one that is.\n", result.Error);
    }

    [Fact]
    public async Task TellsTheCommandWhereItRuns()
    {
        var result = await _runner.RunAsync("--", "/bin/sh", "-c", "echo \"$TRACEPARENT $CICD_RUNNER_FOLDER $CICD_RUNNER_RUN_ID\"");

        Assert.Equal($"00-{_runner.Report.TraceId}-{_runner.Report.SpanId}-01 {_runner.Run.Path} {_runner.Run.RunId}\n", result.Output);
    }

    [Fact]
    public async Task KeepsTheStreamWhenNobodyReadsItsOutput()
    {
        var scenario = _runner.Write("transcript", string.Concat(Enumerable.Range(0, 500).Select(static index => $"{{\"type\":\"x{index}\"}}\n")));
        var agent = Processes.ChildHost.FakeAgent;
        var script = _runner.Write("script.txt", $"cat {scenario}");
        var program = RunnerProgram.Path;
        var result = await _runner.ShellAsync($"'{program}' run --agent claude-code -- '{agent}' script '{script}' | head -c 10");

        Assert.Equal("{\"type\":\"x", result.Output);
        Assert.Equal(await File.ReadAllTextAsync(scenario, TestContext.Current.CancellationToken), await File.ReadAllTextAsync(_runner.Run.File(RunFiles.Stream), TestContext.Current.CancellationToken));
        Assert.Equal(500, _runner.Report.Stream!.Lines);
    }

    [Fact]
    public async Task EndsAsTheCommandDoesWhenNobodyReadsItsLog()
    {
        var result = await _runner.ShellAsync($"'{RunnerProgram.Path}' run -- /bin/sh -c 'exit 3' 2>/dev/full; echo $?");

        Assert.Equal("3\n", result.Output);
        Assert.Equal("failed", _runner.Report.Outcome.Reason);
        Assert.Contains(_runner.Report.Warnings, static warning => warning.Code == "log_not_shown");
    }

    [Fact]
    public async Task WritesToDevicesAndPipesWithoutTakingTheirPlaces()
    {
        // If it put files into their places, these could be made by nobody, while those of /dev could.
        var result = await _runner.ShellAsync(
            $"'{RunnerProgram.Path}' run --metrics-file /dev/fd/5 --summary-file /dev/fd/6 -- /bin/sh -c 'exit 3' 5>metrics 6>summary 2>&1; echo $?; "
            + $"GITHUB_STEP_SUMMARY=/dev/fd/1 '{RunnerProgram.Path}' run -- /bin/sh -c 'exit 4' 2>&1 | cat; "
            + $"'{RunnerProgram.Path}' run --set audit.file=/dev/fd/1 -- /bin/sh -c 'echo x >changed; exit 6' 2>/dev/null | cat; "
            + $"mkfifo pipe; GITHUB_STEP_SUMMARY=pipe '{RunnerProgram.Path}' run -- /bin/sh -c 'exit 5' 2>/dev/null; echo $?");

        Assert.Contains("\n3\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("\n## ❌ The command failed (exit code 4)", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("\n5\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("Audit: Actor ", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", result.Output, StringComparison.Ordinal);
        Assert.Contains("cicd_ai_duration_seconds", await File.ReadAllTextAsync(Path.Combine(_runner.Folder, "metrics"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.StartsWith("## ❌ The command failed", await File.ReadAllTextAsync(Path.Combine(_runner.Folder, "summary"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PassesASignalOnAndSaysSo()
    {
        await using var child = _runner.Start(_runner.Act("hang"));
        await child.WaitForLineAsync("hanging", TestContext.Current.CancellationToken);
        await Eventually.HoldsAsync("the command was followed", () => Task.FromResult(File.Exists(_runner.Run.File(RunFiles.Samples))), TestContext.Current.CancellationToken);

        child.Signal(15);

        Assert.Equal(143, await child.WaitForExitAsync(TestContext.Current.CancellationToken));
        Assert.Equal(("interrupted", "user"), (_runner.Report.Outcome.Reason, _runner.Report.Outcome.StoppedBy));
    }

    [Fact]
    public async Task ErasesSecretsFromAllThatIsComputed()
    {
        const string Secret = "ghp_A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8";
        var result = await _runner.ActAsync(
            $"say {AgentLines.Session}\nsay {AgentLines.Says("m-1", "the token is " + Secret)}\nsay {AgentLines.Result()}", "--agent", "claude-code", "--set", "log.format=json");

        Assert.Contains(Secret, result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, result.Error, StringComparison.Ordinal);
        foreach (var file in Directory.GetFiles(_runner.Run.Path).Where(static file => Path.GetFileName(file) != RunFiles.Stream))
        {
            Assert.DoesNotContain(Secret, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task WritesTheSummaryWhereTheStepsPageIs()
    {
        var page = _runner.Write("step-summary.md", "# Before\n");
        _runner.Environment["GITHUB_STEP_SUMMARY"] = page;

        await _runner.ActAsync(AgentLines.EditScenario("a.txt"), "--agent", "claude-code");

        Assert.Equal("# Before\n\n" + await File.ReadAllTextAsync(_runner.Run.File(RunFiles.Summary), TestContext.Current.CancellationToken), await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken));
    }
}
