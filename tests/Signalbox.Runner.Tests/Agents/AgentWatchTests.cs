using Signalbox.Runner.Agents;
using Signalbox.Runner.Facts;
using Signalbox.Testing.Clock;
using Xunit;

namespace Signalbox.Runner.Tests.Agents;

public sealed class AgentWatchTests
{
    private readonly FakeClock _clock = new();

    [Fact]
    public void EndsAnAgentThatDoesNotExitAfterItsResult()
    {
        var watch = Watch();
        watch.Take(Result());
        _clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Null(watch.Check());

        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("hang_after_result", watch.Check()!.Reason);
    }

    [Fact]
    public void ANewTurnAfterTheResultCallsTheEndOff()
    {
        var watch = Watch();
        watch.Take(Result());
        _clock.Advance(TimeSpan.FromSeconds(20));
        watch.Take(new SessionStarted { At = _clock.GetUtcNow(), Line = 2 });
        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Null(watch.Check());

        watch.Take(Result());
        _clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal("hang_after_result", watch.Check()!.Reason);
    }

    [Fact]
    public void WhatIsToldBesideTheConversationDoesNotHoldTheEndOff()
    {
        var watch = Watch();
        watch.Take(Result());
        _clock.Advance(TimeSpan.FromSeconds(20));
        watch.LineRead();
        watch.Take(new AgentNote("hook_response", "bye") { At = _clock.GetUtcNow(), Line = 3 });
        _clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal("hang_after_result", watch.Check()!.Reason);
    }

    [Fact]
    public void EndsAnAgentThatTellsNothingAndSaysWhatWasTheLast()
    {
        var watch = Watch();
        watch.Take(new ToolCalled { At = _clock.GetUtcNow(), Line = 1, ToolUseId = "toolu_1", Name = "Bash", Input = BoundedJson.EmptyObject });
        _clock.Advance(TimeSpan.FromMinutes(20));
        watch.LineRead();
        _clock.Advance(TimeSpan.FromMinutes(29));
        Assert.Null(watch.Check());

        _clock.Advance(TimeSpan.FromMinutes(1));

        var verdict = watch.Check()!;
        Assert.Equal("stalled", verdict.Reason);
        Assert.Contains("Bash (toolu_1)", verdict.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WaitsUntilTheAgentHangs()
    {
        var watch = Watch();
        var running = watch.RunAsync(TestContext.Current.CancellationToken);
        for (var minute = 0; minute < 40; minute++)
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            watch.LineRead();
        }

        Assert.False(running.IsCompleted);
        watch.Take(Result());
        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("hang_after_result", (await running)!.Reason);
    }

    [Fact]
    public async Task NeverEndsAnAgentWithBothLimitsOff()
    {
        var watch = Watch(hang: TimeSpan.Zero, stall: TimeSpan.Zero);
        watch.Take(Result());
        _clock.Advance(TimeSpan.FromDays(1));

        Assert.Null(watch.Check());
        Assert.Null(await watch.RunAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void SettingTheWallClockEndsNothing()
    {
        var watch = Watch();
        watch.Take(Result());
        _clock.StepTo(_clock.GetUtcNow().AddDays(3));

        Assert.Null(watch.Check());
    }

    private AgentWatch Watch(TimeSpan? hang = null, TimeSpan? stall = null) => new(
        new AgentOptions { Kind = "auto", Hook = false, HangAfterResult = hang ?? TimeSpan.FromSeconds(30), StallTimeout = stall ?? TimeSpan.FromMinutes(30), MaxLineBytes = 1 << 20 }, _clock);

    private ResultReported Result() => new() { At = _clock.GetUtcNow(), Line = 1, Subtype = "success" };
}
