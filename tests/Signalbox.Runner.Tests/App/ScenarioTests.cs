using Signalbox.Runner.Facts;
using Xunit;

namespace Signalbox.Runner.Tests.App;

/// <summary>What an agent may do to a runner, each through the whole program: how it ends, what is left of it, and that a replay agrees.</summary>
public sealed class ScenarioTests : IDisposable
{
    private const string Fast = "resources.memory.fast_sample_interval=100ms";

    private readonly RunnerProgram _runner = new();

    /// <summary>Name; what the agent does after its session has begun; a setting; exit code, reason, and who stopped it.</summary>
    public static TheoryData<string, string, string, int, string, string> Scenarios => new()
    {
        { "edits files", $"say {AgentLines.Edits("toolu_1", "a.txt")}\nedit a.txt b\nsay {AgentLines.Returns("toolu_1", "ok")}\nsay {AgentLines.Result()}", Fast, 0, "completed", "command" },
        { "uses the shell", $"shell echo x > by-shell.txt\nsay {AgentLines.Result()}", Fast, 0, "completed", "command" },
        { "hangs", "hang", "agent.stall_timeout=1s", 1, "stalled", "runner" },
        { "hangs after its result", $"say {AgentLines.Result()}\nhang", "agent.hang_after_result=1s", 0, "hang_after_result", "runner" },
        { "does not hear", "ignore-term", "agent.stall_timeout=1s", 1, "stalled", "runner" },
        { "leaks memory", "alloc 700000000 20000000 60", Fast, 102, "memory_limit", "runner" },
        { "forks grandchildren", $"shell (sleep 1000 & setsid sleep 1000 & setsid -f sleep 1000) >/dev/null 2>&1 &\nsay {AgentLines.Result()}", Fast, 0, "completed", "command" },
        { "floods its output", $"flood 30000000\nsay {AgentLines.Result()}", Fast, 0, "completed", "command" },
        { "is killed", "signal 9", Fast, 137, "signal", "user" },
        { "fails", $"say {AgentLines.Result(isError: true)}", Fast, 1, "agent_error", "command" },
    };

    public void Dispose() => _runner.Dispose();

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task EndsAsItShouldLeavesNothingAndReplaysTheSame(string name, string scenario, string setting, int exitCode, string reason, string stoppedBy)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Looks into /proc.");
        var mark = $"CICD_TEST_TREE={Guid.CreateVersion7()}";
        _runner.Environment["CICD_TEST_TREE"] = mark.Split('=')[1];

        var result = await _runner.ActAsync($"say {AgentLines.Session}\n{scenario}\n", "--agent", "claude-code", "--set", setting, "--set", "resources.memory.stop_grace=1s");

        var report = _runner.Report;
        Assert.True((exitCode, reason, stoppedBy) == (result.ExitCode, report.Outcome.Reason, report.Outcome.StoppedBy), $"An agent that {name} ends with {result.ExitCode}, {report.Outcome.Reason} by {report.Outcome.StoppedBy}.");
        Assert.DoesNotContain(Directory.GetDirectories("/proc"), process => ProcessMark.Has(process, mark));
        Assert.Equal(report.Stream!.Bytes, new FileInfo(_runner.Run.File(RunFiles.Stream)).Length);
        Assert.Equal(name is "uses the shell" ? 1 : 0, report.Audit.Unattributed);
        var replay = await _runner.RunAsync("replay", _runner.Run.Path);
        Assert.True(replay.ExitCode == 0, replay.Output + replay.Error);
    }
}
