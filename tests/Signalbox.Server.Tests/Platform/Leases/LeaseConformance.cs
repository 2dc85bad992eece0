using Signalbox.Server.Platform.Leases;
using Signalbox.Testing.Clock;
using Xunit;

namespace Signalbox.Server.Tests.Platform.Leases;

/// <summary>What every provider of leases must do, shown against the real ones.</summary>
/// <remarks>
/// A process that does not run is one whose FakeClock is not moved: it renews nothing, while the server's own time goes on. Each fact has names of its own, so
/// facts of one class may share a server.
/// </remarks>
public abstract class LeaseConformance : IAsyncLifetime
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    private ILeaseHouse? _house;

    private protected ILeaseHouse House => _house!;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _house = await OpenHouseAsync(Cancel);

    public async ValueTask DisposeAsync()
    {
        if (_house is not null)
        {
            await _house.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task OneHolderAtATimeAndTokensGrow()
    {
        await using var one = await ProcessAsync();
        await using var other = await ProcessAsync();
        var tokens = new List<long>();
        for (var round = 0; round < 5; round++)
        {
            var (holder, loser) = round % 2 == 0 ? (one, other) : (other, one);
            await using var lease = await TakeAsync(holder, "shared");

            Assert.Null(await loser.Provider.TryAcquireAsync(LeaseName.Of("shared"), Long, Cancel));
            Assert.Null(await holder.Provider.TryAcquireAsync(LeaseName.Of("shared"), Long, Cancel));
            tokens.Add(lease.Token);
        }

        Assert.Equal(tokens.Order().Distinct(), tokens);
        Assert.Equal(5, one.Counts["signalbox.lease.acquired"] + other.Counts["signalbox.lease.acquired"]);
        Assert.Equal(10, one.Counts["signalbox.lease.refused/held"] + other.Counts["signalbox.lease.refused/held"]);
    }

    [Fact]
    public async Task NamesDoNotDisturbEachOther()
    {
        await using var one = await ProcessAsync();
        string[] names = ["a", "A", "a/b", "a:b", "a.b", "a_b", "a-b", new string('n', LeaseName.MaxLength), new string('n', LeaseName.MaxLength - 1)];
        foreach (var name in names)
        {
            await TakeAsync(one, name);
        }

        await using var other = await ProcessAsync();
        foreach (var name in names)
        {
            Assert.Null(await other.Provider.TryAcquireAsync(LeaseName.Of(name), Long, Cancel));
        }
    }

    [Fact]
    public async Task AnExpiredLeaseGoesToTheNextWithAGreaterTokenAndItsOldOwnerHearsOfItByRenewing()
    {
        var stopped = new FakeClock();
        await using var one = await ProcessAsync(stopped);
        await using var other = await ProcessAsync();
        var old = await TakeAsync(one, "expiring", Short);

        House.PassServerTime(Short * 2);
        await using var next = await EventuallyTakenAsync(other, "expiring");

        Assert.True(next.Token > old.Token);
        Assert.False(old.Lost.IsCancellationRequested);
        stopped.Advance(Short / 3);
        await Eventually.HoldsAsync("renewal was refused", () => Task.FromResult(old.Lost.IsCancellationRequested), Cancel);
        Assert.Equal(1, one.Counts["signalbox.lease.lost/refused"]);
        Assert.Throws<LeaseLostException>(old.ThrowIfLost);

        await old.DisposeAsync();
        Assert.Null(await one.Provider.TryAcquireAsync(LeaseName.Of("expiring"), Long, Cancel));
    }

    [Fact]
    public async Task AnOwnerThatWasPausedForLongerSeesTheLossBeforeAnyTimerRuns()
    {
        var clock = new FakeClock();
        await using var one = await ProcessAsync(clock);
        await using var lease = await TakeAsync(one, "paused");
        var told = new TaskCompletionSource();
        await using var registration = lease.Lost.Register(told.SetResult);

        clock.Pause(Long);

        Assert.Throws<LeaseLostException>(lease.ThrowIfLost);
        Assert.True(lease.Lost.IsCancellationRequested);
        Assert.Equal(TimeSpan.Zero, lease.Remaining);
        await told.Task.WaitAsync(Cancel);
        Assert.Equal(1, one.Counts["signalbox.lease.lost/deadline"]);
    }

    [Fact]
    public async Task RenewalPutsTheDeadlineOffAndKeepsOthersOut()
    {
        var clock = new FakeClock();
        await using var one = await ProcessAsync(clock);
        await using var other = await ProcessAsync();
        await using var lease = await TakeAsync(one, "renewed");
        for (var third = 1; third <= 7; third++)
        {
            House.PassServerTime(Long / 3);
            clock.Advance(Long / 3);
            var renewals = third;
            await Eventually.HoldsAsync("it was renewed", () => Task.FromResult(lease.Remaining > Long / 2 && one.Counts["signalbox.lease.renew.duration"] == renewals), Cancel);

            Assert.Null(await other.Provider.TryAcquireAsync(LeaseName.Of("renewed"), Long, Cancel));
        }

        Assert.False(lease.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task InRealTimeALeaseOutlivesItsTimeToLiveWhileItsOwnerRuns()
    {
        await using var one = await ProcessAsync(TimeProvider.System);
        await using var other = await ProcessAsync(TimeProvider.System);
        await using var lease = await TakeAsync(one, "long", TimeSpan.FromSeconds(5));

        Assert.Null(await other.Provider.AcquireAsync(LeaseName.Of("long"), Long, TimeSpan.FromSeconds(7), Cancel));
        lease.ThrowIfLost();
    }

    [Fact]
    public async Task WallClocksThatAreSetForwardOrBackChangeNothing()
    {
        var (clock, otherClock) = (new FakeClock(), new FakeClock());
        await using var one = await ProcessAsync(clock);
        await using var other = await ProcessAsync(otherClock);
        await using var lease = await TakeAsync(one, "stepped");
        foreach (var step in new[] { TimeSpan.FromDays(1), TimeSpan.FromDays(-3) })
        {
            clock.StepTo(clock.GetUtcNow() + step);
            otherClock.StepTo(otherClock.GetUtcNow() + step);
            House.StepServerClock(step);

            lease.ThrowIfLost();
            Assert.InRange(lease.Remaining, TimeSpan.FromTicks(1), Long);
            Assert.Null(await other.Provider.TryAcquireAsync(LeaseName.Of("stepped"), Long, Cancel));
        }

        var renewals = one.Counts["signalbox.lease.renew.duration"];
        clock.Advance(Long / 3);
        await Eventually.HoldsAsync("it was renewed", () => Task.FromResult(one.Counts["signalbox.lease.renew.duration"] > renewals && lease.Remaining > Long / 2), Cancel);
        lease.ThrowIfLost();
    }

    [Fact]
    public async Task OnlyTheClaimThatHoldsANameCanReleaseOrRenewIt()
    {
        await using var one = await ProcessAsync();
        await using var lease = await TakeAsync(one, "owned");
        var stranger = new LeaseClaim(LeaseName.Of("owned"), Guid.CreateVersion7(DateTimeOffset.UnixEpoch), Long);

        await one.Store.ReleaseAsync(stranger, Cancel);

        Assert.False(await one.Store.RenewAsync(stranger, lease.Token, Cancel));
        Assert.Null(await one.Store.TakeAsync(stranger, Cancel));
        Assert.Null(await one.Provider.TryAcquireAsync(LeaseName.Of("owned"), Long, Cancel));
    }

    [Fact]
    public async Task AServerThatStopsAnsweringCostsTheLeaseAtItsDeadline()
    {
        await using var one = await ProcessAsync(TimeProvider.System);
        var lease = await TakeAsync(one, "frozen", Short);
        await House.FreezeAsync(Cancel);
        try
        {
            await Eventually.HoldsAsync("the lease was lost", () => Task.FromResult(lease.Lost.IsCancellationRequested), Cancel);
        }
        finally
        {
            await House.ThawAsync(Cancel);
        }

        Assert.Equal(1, one.Counts["signalbox.lease.lost/deadline"]);
        await using var other = await ProcessAsync(TimeProvider.System);
        House.PassServerTime(Short);
        await using var next = await EventuallyTakenAsync(other, "frozen");
        Assert.True(next.Token > lease.Token);
    }

    [Fact]
    public async Task TokensGrowOnAfterTheProviderWasStartedAgain()
    {
        await using var one = await ProcessAsync();
        var first = await TakeAsync(one, "restarted");
        await first.DisposeAsync();

        await House.RestartAsync(Cancel);
        await using var second = await EventuallyTakenAsync(one, "restarted");

        Assert.True(second.Token > first.Token);
    }

    [Fact]
    public async Task TokensGrowOnAfterTheProviderLostItsData()
    {
        var clock = new FakeClock();
        await using var one = await ProcessAsync(clock);
        await using var other = await ProcessAsync();
        for (var round = 0; round < 5; round++)
        {
            await (await TakeAsync(one, "forgotten")).DisposeAsync();
        }

        var first = await TakeAsync(one, "forgotten");
        if (!await House.LoseDataAsync(Cancel))
        {
            return;
        }

        await using var second = await EventuallyTakenAsync(other, "forgotten");

        Assert.True(second.Token > first.Token);
        clock.Advance(Long / 3);
        await Eventually.HoldsAsync("renewal was refused", () => Task.FromResult(first.Lost.IsCancellationRequested), Cancel);
        await Assert.ThrowsAsync<LeaseLostException>(() => GuardedAsync(first));
        await GuardedAsync(second);
    }

    [Fact]
    public async Task AGuardedWriteIsRefusedOnceALaterOwnerHasWritten()
    {
        var stopped = new FakeClock();
        await using var one = await ProcessAsync(stopped);
        await using var other = await ProcessAsync();
        var old = await TakeAsync(one, "guarded", Short);
        await GuardedAsync(old);
        House.PassServerTime(Short * 2);
        await using var next = await EventuallyTakenAsync(other, "guarded");
        await GuardedAsync(next);
        await GuardedAsync(next);

        // Its own clock stands still, so the old owner does not know yet; the database does.
        old.ThrowIfLost();
        await Assert.ThrowsAsync<LeaseLostException>(() => GuardedAsync(old));
    }

    [Fact]
    public async Task EightContendersAreNeverTwoHolders()
    {
        const int Rounds = 15;
        var name = LeaseName.Of("contended");
        var inside = 0;
        var most = 0;
        var counter = 0;
        var tokens = new List<long>();

        async Task ContendAsync()
        {
            await using var process = await ProcessAsync(TimeProvider.System);
            for (var round = 0; round < Rounds; round++)
            {
                await using var lease = await process.Provider.AcquireAsync(name, Long, Eventually.Limit, Cancel);
                Assert.NotNull(lease);
                most = Math.Max(most, Interlocked.Increment(ref inside));
                var seen = counter;
                await GuardedAsync(lease);
                tokens.Add(lease.Token);
                counter = seen + 1;
                Interlocked.Decrement(ref inside);
            }
        }

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ContendAsync()));

        Assert.Equal(1, most);
        Assert.Equal(8 * Rounds, counter);
        Assert.Equal(tokens.Order().Distinct(), tokens);
    }

    private protected abstract Task<ILeaseHouse> OpenHouseAsync(CancellationToken cancellationToken);

    private protected Task<LeaseParts> ProcessAsync(TimeProvider? clock = null) => LeaseParts.OpenAsync(House, clock ?? new FakeClock(), Cancel);

    private protected static async Task<ILease> TakeAsync(LeaseParts process, string name, TimeSpan? timeToLive = null)
    {
        var lease = await process.Provider.TryAcquireAsync(LeaseName.Of(name), timeToLive ?? Long, Cancel);
        Assert.NotNull(lease);
        return lease;
    }

    private protected static Task<ILease> EventuallyTakenAsync(LeaseParts process, string name) => Eventually.GetsAsync(
        "the lease was free",
        async () =>
        {
            try
            {
                return await process.Provider.TryAcquireAsync(LeaseName.Of(name), Long, Cancel);
            }
            catch (LeaseUnavailableException)
            {
                // The server is being started again.
                return null;
            }
        },
        Cancel);

    private protected Task GuardedAsync(ILease lease) => House.Control.WriteAsync(
        session => new LeaseGuard(new LeaseClock(House.Control.Dialect, TimeProvider.System)).CheckAsync(session, lease),
        Cancel);
}
