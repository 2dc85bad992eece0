using Signalbox.Runner.Facts;
using Signalbox.Runner.Tests.Processes;
using Signalbox.Runner.Tests.Snippets;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Runner.Tests.App;

/// <summary>A run of an agent whose output a mapping reads.</summary>
public sealed class CodexRunTests : IDisposable
{
    private readonly RunnerProgram _runner = new();

    public void Dispose() => _runner.Dispose();

    [Fact]
    public async Task IsKnownByItsCommandAuditedAndAddedUpAsAnyOther()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The agent is a script of the shell here.");
        var transcript = RepositoryRoot.File("tests", "Signalbox.Runner.Tests", "Agents", "Transcripts", "codex.jsonl");
        var scenario = _runner.Write("scenario.txt", $"cat {transcript}\nedit src/new.py x\nedit by-shell.txt x\n");
        var codex = _runner.Write("codex", $"#!/bin/sh\nexec '{ChildHost.FakeAgent}' script '{scenario}'\n");
        BuiltPrograms.MakeExecutable(codex);
        _runner.Environment["GITHUB_ACTIONS"] = "true";
        _runner.Environment["GITHUB_ACTOR"] = "octocat";

        var result = await _runner.RunAsync("run", "--", codex, "exec", "--json", "-m", "gpt-5-codex", "mend the total");

        // Its last turn failed, although its process did not.
        Assert.Equal((1, "agent_error"), (result.ExitCode, _runner.Report.Outcome.Reason));
        var report = _runner.Report;
        Assert.Equal(("codex", "codex"), (report.Agent!.Name, report.Agent.Mapping));
        // It tells running totals.
        var model = Assert.Single(report.Usage!.Models);
        Assert.Equal(("gpt-5-codex", 29_000L, 200L), (model.Model, model.CacheRead, model.Output));
        Assert.Equal([("by-shell.txt", false), ("src/new.py", true)], report.Changes.Select(static change => (change.Path, change.Attributed)).Order());
        var records = RunnerProgram.Lines(await File.ReadAllTextAsync(_runner.Run.File(RunFiles.Audit), TestContext.Current.CancellationToken)).Select(static record => $"{record.GetProperty("msg").GetString()}: {record.GetProperty("action").GetString()}").ToList();
        Assert.All(
            [
                "Audit: Actor octocat modified Resource src/total.py: tool_use/edit_file",
                "Audit: Actor octocat modified Resource src/new.py: tool_use/edit_file",
                "Audit: Actor octocat modified Resource by-shell.txt: tool_use/edit_file",
                "Audit: Actor octocat was denied to run Resource rm -rf /: tool_use/run_command",
            ],
            expected => Assert.Contains(expected, records));
        Assert.Equal(0, (await _runner.RunAsync("replay", _runner.Run.Path)).ExitCode);
    }
}
