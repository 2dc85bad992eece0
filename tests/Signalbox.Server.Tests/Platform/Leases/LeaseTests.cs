using Signalbox.Server.Platform.Leases;
using Signalbox.Testing.Clock;
using Xunit;

namespace Signalbox.Server.Tests.Platform.Leases;

public sealed class LeaseTests : IAsyncDisposable
{
    private static readonly TimeSpan TimeToLive = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Sure = TimeSpan.FromSeconds(29);

    private readonly FakeClock _clock = new();
    private readonly ScriptedLeaseStore _store = new();
    private readonly LeaseParts _parts;

    public LeaseTests() => _parts = new LeaseParts(_store, _clock);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _parts.DisposeAsync();

    [Fact]
    public async Task TheDeadlineCountsFromBeforeTheLeaseWasAskedForLessAMargin()
    {
        _store.Take = _ =>
        {
            _clock.Pause(TimeSpan.FromSeconds(4));
            return Task.FromResult<long?>(7);
        };
        var lease = await TakeAsync();

        Assert.Equal(7, lease.Token);
        Assert.Equal(Sure - TimeSpan.FromSeconds(4), lease.Remaining);
        Assert.Equal(_clock.GetUtcNow() + lease.Remaining, lease.Deadline);
    }

    [Fact]
    public async Task ALeaseThatWasGivenTooLateIsLostFromTheBeginning()
    {
        _store.Take = _ =>
        {
            _clock.Pause(Sure);
            return Task.FromResult<long?>(7);
        };
        await using var lease = await TakeAsync();

        Assert.True(lease.Lost.IsCancellationRequested);
        Assert.Equal(1, _parts.Counts["signalbox.lease.lost/deadline"]);
    }

    [Fact]
    public async Task WithoutAnAnswerTheLeaseIsLostByTheAlarmAlone()
    {
        var stuck = new TaskCompletionSource<bool>();
        _store.Renew = () => stuck.Task;
        var lease = await TakeAsync();
        var lost = lease.Lost;

        _clock.Advance(TimeToLive / 3);
        _clock.Advance(Sure - (TimeToLive / 3) - TimeSpan.FromMilliseconds(1));
        Assert.False(lost.IsCancellationRequested);
        _clock.Advance(TimeSpan.FromMilliseconds(2));

        Assert.True(lost.IsCancellationRequested);
        stuck.SetResult(true);
        await lease.DisposeAsync();
        Assert.Single(_store.Released);
    }

    [Fact]
    public async Task AnAnswerThatCameAfterTheDeadlineDoesNotBringTheLeaseBack()
    {
        var asked = new TaskCompletionSource();
        var answer = new TaskCompletionSource<bool>();
        _store.Renew = () =>
        {
            asked.SetResult();
            return answer.Task;
        };
        var lease = await TakeAsync();
        _clock.Advance(TimeToLive / 3);
        await asked.Task.WaitAsync(Cancel);

        _clock.Pause(Sure);
        answer.SetResult(true);

        await Eventually.HoldsAsync("the lease was lost", () => Task.FromResult(_parts.Counts["signalbox.lease.lost/deadline"] == 1), Cancel);
        Assert.Equal(TimeSpan.Zero, lease.Remaining);
    }

    [Fact]
    public async Task AFailedRenewalIsTriedAgainUntilTheDeadline()
    {
        var failures = 2;
        var calls = 0;
        _store.Renew = () =>
        {
            Interlocked.Increment(ref calls);
            return failures-- > 0 ? Task.FromException<bool>(new IOException("Gone.")) : Task.FromResult(true);
        };
        await using var lease = await TakeAsync();

        _clock.Advance(TimeToLive / 3);
        for (var call = 2; call <= 3; call++)
        {
            await AlarmAndPauseAsync();
            _clock.Advance(TimeToLive / 10);
        }

        await Eventually.HoldsAsync("it was renewed", () => Task.FromResult(lease.Remaining == Sure), Cancel);
        Assert.Equal(3, calls);
    }

    [Fact]
    public async Task AReleasedLeaseIsNotHeldButNotLostEither()
    {
        var lease = await TakeAsync();
        var lost = lease.Lost;

        await lease.DisposeAsync();
        await lease.DisposeAsync();

        Assert.Equal(_store.Taken, _store.Released);
        Assert.Throws<LeaseLostException>(lease.ThrowIfLost);
        Assert.False(lost.IsCancellationRequested);
        Assert.Equal(0, _clock.PendingTimers);
    }

    [Fact]
    public async Task ARefusedLeaseIsNotReleasedBecauseItIsSomebodyElses()
    {
        _store.Renew = static () => Task.FromResult(false);
        var lease = await TakeAsync();
        _clock.Advance(TimeToLive / 3);
        await Eventually.HoldsAsync("the lease was lost", () => Task.FromResult(lease.Lost.IsCancellationRequested), Cancel);

        await lease.DisposeAsync();

        Assert.Empty(_store.Released);
    }

    [Fact]
    public async Task WhatFailsOnTheLossDoesNotHarmTheLease()
    {
        var lease = await TakeAsync();
        await using var registration = lease.Lost.Register(static () => throw new InvalidOperationException("A user's bug."));

        _clock.Pause(TimeToLive);

        Assert.True(lease.Lost.IsCancellationRequested);
        await lease.DisposeAsync();
    }

    private async Task<ILease> TakeAsync() => (await _parts.Provider.TryAcquireAsync(LeaseName.Of("name"), TimeToLive, Cancel))!;

    private Task AlarmAndPauseAsync() => Eventually.HoldsAsync("the renewal waits for its next try", () => Task.FromResult(_clock.PendingTimers == 2), Cancel);
}
