using Signalbox.Server.Platform.Leases;
using Signalbox.Testing.Clock;
using Xunit;

namespace Signalbox.Server.Tests.Platform.Leases;

public sealed class LeaseProviderTests : IAsyncDisposable
{
    private static readonly LeaseName Name = LeaseName.Of("name");

    private readonly FakeClock _clock = new();
    private readonly ScriptedLeaseStore _store = new();
    private readonly LeaseParts _parts;

    public LeaseProviderTests() => _parts = new LeaseParts(_store, _clock, LeaseParts.Options with { Timeout = TimeSpan.FromSeconds(5), Held = 2, Waiting = 1 });

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _parts.DisposeAsync();

    [Theory]
    [InlineData(0.999)]
    [InlineData(3600.001)]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task TimesToLiveOutsideTheLimitsAreABug(double seconds) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _parts.Provider.TryAcquireAsync(Name, TimeSpan.FromSeconds(seconds), Cancel));

    [Fact]
    public async Task ALeaseNeedsAName() =>
        await Assert.ThrowsAsync<ArgumentException>(() => _parts.Provider.TryAcquireAsync(default, LeaseTime.Default, Cancel));

    [Fact]
    public async Task NoMoreLeasesAreHeldThanAllowedAndEachThatEndsMakesRoom()
    {
        var first = await TryAsync();
        await TryAsync();
        await Assert.ThrowsAsync<LeaseUnavailableException>(TryAsync);
        Assert.Equal(1, _parts.Counts["signalbox.lease.refused/limit"]);

        await first!.DisposeAsync();
        var third = await TryAsync();
        await Assert.ThrowsAsync<LeaseUnavailableException>(TryAsync);

        _clock.Pause(LeaseTime.Default);
        Assert.Throws<LeaseLostException>(third!.ThrowIfLost);
        Assert.NotNull(await TryAsync());
    }

    [Fact]
    public async Task AttemptsThatGaveNothingTakeNoRoom()
    {
        _store.Take = static _ => Task.FromResult<long?>(null);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            Assert.Null(await TryAsync());
        }

        _store.Take = static _ => Task.FromException<long?>(new IOException("Gone."));
        for (var attempt = 0; attempt < 5; attempt++)
        {
            await Assert.ThrowsAsync<LeaseUnavailableException>(TryAsync);
        }

        Assert.Equal(5, _parts.Counts["signalbox.lease.refused/unavailable"]);
        _store.Take = static _ => Task.FromResult<long?>(1);
        Assert.NotNull(await TryAsync());
        Assert.NotNull(await TryAsync());
    }

    [Fact]
    public async Task AnAttemptWhoseAnswerDidNotComeInTimeIsUndone()
    {
        _store.Take = static _ => new TaskCompletionSource<long?>().Task;
        var attempt = TryAsync();

        _clock.Advance(TimeSpan.FromSeconds(5));

        await Assert.ThrowsAsync<LeaseUnavailableException>(() => attempt);
        Assert.Equal(_store.Taken, _store.Released);
    }

    [Fact]
    public async Task AnAttemptThatWasGivenUpIsUndone()
    {
        _store.Take = static _ => new TaskCompletionSource<long?>().Task;
        using var givenUp = new CancellationTokenSource();
        var attempt = _parts.Provider.TryAcquireAsync(Name, LeaseTime.Default, givenUp.Token);

        await givenUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => attempt);
        Assert.Equal(_store.Taken, _store.Released);
    }

    [Fact]
    public async Task WaitingEndsWithTheLeaseOnceItIsFree()
    {
        _store.Take = _ => Task.FromResult<long?>(_store.Taken.Count < 4 ? null : 9);
        var waiting = _parts.Provider.AcquireAsync(Name, LeaseTime.Default, TimeSpan.FromMinutes(1), Cancel);
        await AdvanceUntilAsync(waiting);

        Assert.Equal(9, (await waiting)!.Token);
        Assert.InRange(_clock.GetUtcNow() - _clock.Start, TimeSpan.FromMilliseconds(30), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task WaitingEndsWithNothingAtItsLimitAndAsksEverLessOften()
    {
        _store.Take = static _ => Task.FromResult<long?>(null);
        var waiting = _parts.Provider.AcquireAsync(Name, LeaseTime.Default, TimeSpan.FromSeconds(20), Cancel);
        await AdvanceUntilAsync(waiting);

        Assert.Null(await waiting);
        Assert.InRange(_store.Taken.Count, 20, 60);
    }

    [Fact]
    public async Task WaitingOutlivesAProviderThatIsAwayAndSaysSoWhenItStaysAway()
    {
        _store.Take = _ => _store.Taken.Count < 4 ? Task.FromException<long?>(new IOException("Gone.")) : Task.FromResult<long?>(3);
        var waiting = _parts.Provider.AcquireAsync(Name, LeaseTime.Default, TimeSpan.FromMinutes(1), Cancel);
        await AdvanceUntilAsync(waiting);
        Assert.NotNull(await waiting);

        _store.Take = static _ => Task.FromException<long?>(new IOException("Gone."));
        var vain = _parts.Provider.AcquireAsync(Name, LeaseTime.Default, TimeSpan.FromSeconds(3), Cancel);
        await AdvanceUntilAsync(vain);
        Assert.Contains("Gone.", (await Assert.ThrowsAsync<LeaseUnavailableException>(() => vain)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoMoreCallersWaitThanAllowed()
    {
        _store.Take = static _ => Task.FromResult<long?>(null);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var waiting = _parts.Provider.AcquireAsync(Name, LeaseTime.Default, TimeSpan.FromMinutes(1), enough.Token);

        await Assert.ThrowsAsync<LeaseUnavailableException>(() => _parts.Provider.AcquireAsync(Name, LeaseTime.Default, TimeSpan.FromMinutes(1), Cancel));

        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task WhatIsStillHeldIsGivenBackWhenTheProcessEnds()
    {
        await TryAsync();
        await TryAsync();

        await _parts.Provider.DisposeAsync();

        Assert.Equal(_store.Taken.Select(static claim => claim.Owner).Order(), _store.Released.Select(static claim => claim.Owner).Order());
    }

    private Task<ILease?> TryAsync() => _parts.Provider.TryAcquireAsync(Name, LeaseTime.Default, Cancel);

    /// <summary>Lets time pass in steps shorter than any pause, and only while the caller sleeps.</summary>
    private async Task AdvanceUntilAsync(Task task)
    {
        while (!task.IsCompleted)
        {
            if (_clock.PendingTimers > 0)
            {
                _clock.Advance(TimeSpan.FromMilliseconds(10));
            }

            await Task.Yield();
        }
    }
}
