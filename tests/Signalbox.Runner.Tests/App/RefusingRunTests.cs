using Signalbox.Runner.Facts;
using Signalbox.Runner.Tests.Processes;
using Signalbox.Runner.Tests.Snippets;
using Xunit;

namespace Signalbox.Runner.Tests.App;

/// <summary>A run whose memory is nearly used up, and an agent that asks before it acts.</summary>
public sealed class RefusingRunTests : IDisposable
{
    /// <summary>Waits until others can see it, too.</summary>
    private const string UntilRefusing = "until grep -q refusing \"$CICD_RUNNER_FOLDER/state.json\"; do sleep 0.05; done";

    private readonly RunnerProgram _runner = new();

    public void Dispose() => _runner.Dispose();

    [Fact]
    public async Task BeginsNothingNewSaysSoAndAuditsTheRefusal()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The agent is a script of the shell here.");
        var scenario = _runner.Write("scenario.txt", $$"""
            say {{AgentLines.Session}}
            alloc 300000000
            shell {{UntilRefusing}}
            say {{AgentLines.Edits("toolu_1", "a.txt")}}
            ask toolu_1 Edit {"file_path":"a.txt","old_string":"a","new_string":"b"}
            edit a.txt b
            asked
            say {{AgentLines.Result()}}
            """);
        var claude = _runner.Write("claude", $"#!/bin/sh\nexec '{ChildHost.FakeAgent}' script '{scenario}' \"$@\"\n");
        BuiltPrograms.MakeExecutable(claude);

        // Far from the limit and well beyond what it refuses from, however much runner and agent take themselves.
        var result = await _runner.RunAsync(
            "run", "--memory-limit", "4GiB", "--set", "resources.memory.warn_threshold=0.05", "--set", "resources.memory.refuse_threshold=0.06", "--set", "resources.memory.fast_sample_interval=100ms", "--set", "resources.cgroup=off",
            "--", claude, "-p", "x", "--output-format", "stream-json", "--verbose");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.False(File.Exists(Path.Combine(_runner.Folder, "a.txt")));
        var denial = Assert.Single(_runner.Report.Denials);
        Assert.Equal(("toolu_1", "a.txt", "runner/resources"), (denial.ToolUseId, denial.Resource, denial.PolicyId));
        Assert.Contains("was denied to modify Resource a.txt", await File.ReadAllTextAsync(_runner.Run.File(RunFiles.Audit), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.InRange(_runner.Report.Resources.GarbageCollections, 1, int.MaxValue);
        Assert.Equal(0, (await _runner.RunAsync("replay", _runner.Run.Path)).ExitCode);
    }
}
