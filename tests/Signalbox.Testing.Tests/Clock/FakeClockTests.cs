using Signalbox.Testing.Clock;
using Xunit;

namespace Signalbox.Testing.Tests.Clock;

public sealed class FakeClockTests
{
    private readonly FakeClock _clock = new();

    [Fact]
    public async Task ADelayEndsWhenItsTimeHasComeAndNotBefore()
    {
        var delay = Task.Delay(TimeSpan.FromSeconds(10), _clock, TestContext.Current.CancellationToken);

        _clock.Advance(TimeSpan.FromSeconds(9.999));
        Assert.False(delay.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await delay;
    }

    [Fact]
    public void APeriodicTimerFiresAtEachOfItsInstants()
    {
        var fired = new List<TimeSpan>();
        using var timer = _clock.CreateTimer(_ => fired.Add(_clock.GetUtcNow() - _clock.Start), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));

        _clock.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(5)], fired);
    }

    [Fact]
    public void ElapsedTimeIsRightAlthoughTheFrequencyIsOdd()
    {
        var before = _clock.GetTimestamp();
        _clock.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(TimeSpan.FromSeconds(3), _clock.GetElapsedTime(before));
    }

    [Fact]
    public void ADisposedTimerDoesNotFire()
    {
        var fired = false;
        _clock.CreateTimer(_ => fired = true, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan).Dispose();

        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.False(fired);
        Assert.Equal(0, _clock.PendingTimers);
    }

    [Fact]
    public void AStepOfTheWallClockMovesNeitherTimestampsNorTimers()
    {
        var fired = 0;
        using var timer = _clock.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(10), Timeout.InfiniteTimeSpan);
        var before = _clock.GetTimestamp();

        _clock.StepTo(_clock.Start.AddDays(1));
        _clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(0, fired);
        _clock.StepTo(_clock.Start.AddDays(-1));
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(1, fired);
        Assert.Equal(TimeSpan.FromSeconds(10), _clock.GetElapsedTime(before));
        Assert.Equal(_clock.Start.AddDays(-1).AddSeconds(1), _clock.GetUtcNow());
    }

    [Fact]
    public void WhatBecameDueInAPauseFiresWhenTimeMovesOn()
    {
        var fired = 0;
        using var timer = _clock.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(10), Timeout.InfiniteTimeSpan);

        _clock.Pause(TimeSpan.FromMinutes(1));
        Assert.Equal(0, fired);
        Assert.Equal(_clock.Start.AddMinutes(1), _clock.GetUtcNow());
        _clock.Advance(TimeSpan.Zero);

        Assert.Equal(1, fired);
    }
}
