using Signalbox.Runner.Facts;
using Signalbox.Runner.Readings;
using Signalbox.Runner.Readings.Report;
using Signalbox.Runner.Usage;
using Xunit;

namespace Signalbox.Runner.Tests.Readings;

public sealed class OutcomeReadingTests
{
    private static readonly RunnerEvent Asked = RunFacts.Event(RunnerEventKind.SignalPassedOn, "SIGTERM came and was passed on to the command.", 1, ("signal", "SIGTERM"));

    [Theory]
    [InlineData("137", null, null, 137, "command", "failed", "command")]
    [InlineData("102", null, null, 102, "command", "failed", "command")]
    [InlineData("137", "1", null, 137, "command", "kernel_oom", "kernel")]
    [InlineData(null, "1", "9", 137, "signal", "kernel_oom", "kernel")]
    [InlineData(null, "0", "9", 137, "signal", "signal", "user")]
    [InlineData(null, null, "11", 139, "signal", "signal", "command")]
    public void TellsKernelCommandAndOthersApart(string? exitCode, string? oomKills, string? signal, int code, string source, string reason, string by)
    {
        (string Name, string? Value)[] values = [(EndedValues.ExitCode, exitCode), (EndedValues.OomKills, oomKills), (EndedValues.Signal, signal)];

        var outcome = Of(RunFacts.Ended([.. values.Where(static value => value.Value is not null).Select(static value => (value.Name, value.Value!))]));

        Assert.Equal((code, source, reason, by), (outcome.ExitCode, outcome.ExitSource, outcome.Reason, outcome.StoppedBy));
    }

    [Theory]
    [InlineData("memory_limit", 102)]
    [InlineData("budget_usd", 102)]
    [InlineData("stalled", 1)]
    [InlineData("hang_after_result", 1)]
    public void OwnsWhatTheRunnerDid(string reason, int code)
    {
        var outcome = Of(RunFacts.Event(RunnerEventKind.Stopping, "Why.", 5, ("reason", reason)), RunFacts.Ended((EndedValues.Signal, "9"), (EndedValues.OomKills, "3")));

        Assert.Equal((code, reason, "runner", "Why."), (outcome.ExitCode, outcome.Reason, outcome.StoppedBy, outcome.Detail));
    }

    [Fact]
    public void GoesByTheResultWhenTheAgentHung()
    {
        var outcome = Of(
            new ResultReported { At = RunFacts.Began, Line = 0, Subtype = "success" },
            RunFacts.Event(RunnerEventKind.Stopping, "Why.", 5, ("reason", "hang_after_result")),
            RunFacts.Ended((EndedValues.Signal, "15")));

        Assert.Equal((0, "agent"), (outcome.ExitCode, outcome.ExitSource));
    }

    [Fact]
    public void SaysThatSomebodyAskedItToEnd()
    {
        Assert.Equal(("interrupted", "user", 143), Parts(Of(Asked, RunFacts.Ended((EndedValues.Signal, "15")))));
        Assert.Equal(("interrupted", "user", 1), Parts(Of(Asked, RunFacts.Ended((EndedValues.ExitCode, "1")))));
        Assert.Equal(("completed", "command", 0), Parts(Of(Asked, RunFacts.Ended((EndedValues.ExitCode, "0")))));

        var user = RunFacts.Event(RunnerEventKind.SignalPassedOn, "SIGUSR1 came and was passed on to the command.", 1, ("signal", "SIGUSR1"), ("number", "10"));
        Assert.Equal(("interrupted", "user", 138), Parts(Of(user, RunFacts.Ended((EndedValues.Signal, "10")))));
        Assert.Equal(("signal", "user", 143), Parts(Of(user, RunFacts.Ended((EndedValues.Signal, "15")))));
        Assert.Equal(("failed", "command", 1), Parts(Of(user, RunFacts.Ended((EndedValues.ExitCode, "1")))));

        static (string, string?, int?) Parts(OutcomeReport outcome) => (outcome.Reason, outcome.StoppedBy, outcome.ExitCode);
    }

    [Theory]
    [InlineData("exitCode", "0", "budget_tokens", 102, "command")]
    [InlineData("exitCode", "1", "budget_tokens", 102, "command")]
    [InlineData("signal", "9", "signal", 137, "user")]
    public void CountsABudgetAsPassedHoweverFastTheCommandEndedByItself(string end, string value, string reason, int code, string by)
    {
        var found = new BudgetFinding("tokens", true, OutcomeReasons.BudgetTokens, 12, 10).ToLateEvent(RunFacts.Began.AddSeconds(5));

        var outcome = Of(found, RunFacts.Ended((end, value)));

        Assert.Equal((reason, code, by), (outcome.Reason, outcome.ExitCode, outcome.StoppedBy));
    }

    [Theory]
    [InlineData("0", "1", null, "The command exited with 0. Meanwhile the kernel killed a process for want of memory.")]
    [InlineData("2", "1", null, "The command itself exited with 2. Meanwhile the kernel killed a process for want of memory.")]
    [InlineData("102", "3", null, "The command itself exited with 102. Meanwhile the kernel killed 3 processes for want of memory.")]
    [InlineData("137", "0", null, "The command itself exited with 137.")]
    [InlineData("137", null, "Perhaps", "The command itself exited with 137, as a shell does whose command was killed; the kernel killed somebody on this machine for want of memory meanwhile, perhaps that one.")]
    public void SpeaksOfTheKernelsKillsBesideACodeOfTheCommandsOwn(string code, string? kills, string? kernel, string detail)
    {
        var values = new[] { (EndedValues.ExitCode, code), (EndedValues.OomKills, kills), (EndedValues.KernelOom, kernel) };

        var outcome = Of(RunFacts.Ended([.. values.Where(static value => value.Item2 is not null).Select(static value => (value.Item1, value.Item2!))]));

        Assert.Equal((detail, "command", code == "0" ? "completed" : "failed"), (outcome.Detail, outcome.StoppedBy, outcome.Reason));
    }

    [Fact]
    public void HasADurationThatNobodyWhoSetsTheClockChanges()
    {
        Assert.Equal(7.25, Of(RunFacts.Ended((EndedValues.ExitCode, "0"), (EndedValues.Seconds, "7.25"))).DurationSeconds);

        var back = Of(RunFacts.Event(RunnerEventKind.Ended, "The command ended.", -3600, (EndedValues.ExitCode, "0")));
        Assert.Equal((0.0, back.StartedAt), (back.DurationSeconds, back.FinishedAt));
    }

    [Fact]
    public void IsIncompleteWithoutAnEnd()
    {
        var outcome = Of(RunFacts.Sample(42, 1 << 20));

        Assert.Equal(("incomplete", null, 42.0), (outcome.Reason, outcome.ExitCode, outcome.DurationSeconds));
    }

    private static OutcomeReport Of(params RunFact[] facts)
    {
        var reading = RunFacts.Reading(RunFacts.Start());
        foreach (var fact in facts)
        {
            reading.Take(fact);
        }

        reading.Complete();
        return reading.Finish(null, null, 1, out _).Outcome;
    }
}
