using Microsoft.Extensions.DependencyInjection;
using Signalbox.Server.Platform.Live;
using Signalbox.Testing.Clock;
using Xunit;

namespace Signalbox.Server.Tests.Platform.Live;

public sealed class LiveHubTests
{
    private static readonly HashSet<string> Both = new(StringComparer.Ordinal) { "a", "b" };
    private static readonly HashSet<string> OnlyA = new(StringComparer.Ordinal) { "a" };

    private readonly FakeClock _clock = new();
    private readonly LiveHub _hub;

    public LiveHubTests() => _hub = Hub(subscribers: 2);

    private LiveHub Hub(int subscribers) => new(
        new LiveOptions(subscribers, Topics: 3, Queue: 3, Ring: 4, TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(1)),
        new LiveMetrics(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>()),
        _clock);

    [Fact]
    public void AnEventReachesWhoeverListensToOneOfItsTopicsOnce()
    {
        using var both = _hub.Subscribe("t", Both, null)!;
        using var other = _hub.Subscribe("u", Both, null)!;

        _hub.Publish("t", ["a", "b"], "x", "1");
        _hub.Publish("t", ["c"], "x", "2");

        Assert.Equal(["1"], Read(both));
        Assert.Empty(Read(other));
    }

    [Fact]
    public void ASlowReaderIsDroppedAfterWhatItsQueueHolds()
    {
        using var slow = _hub.Subscribe("t", OnlyA, null)!;
        for (var index = 0; index < 5; index++)
        {
            _hub.Publish("t", ["a"], "x", $"{index}");
        }

        Assert.Equal(["0", "1", "2"], Read(slow));
        Assert.True(slow.Events.Completion.IsCompleted);
    }

    [Fact]
    public void ThereAreOnlySoManyStreams()
    {
        using var first = _hub.Subscribe("t", OnlyA, null)!;
        var second = _hub.Subscribe("t", OnlyA, null)!;
        Assert.Null(_hub.Subscribe("t", OnlyA, null));

        second.Dispose();
        second.Dispose();

        using var third = _hub.Subscribe("t", OnlyA, null);
        Assert.NotNull(third);
        Assert.Null(_hub.Subscribe("t", OnlyA, null));
    }

    [Fact]
    public void NoTenantShutsAllOthersOut()
    {
        var hub = Hub(subscribers: 20);
        var greedy = Enumerable.Range(0, 20).Count(_ => hub.Subscribe("greedy", OnlyA, null) is not null);
        var other = Enumerable.Range(0, 20).Count(_ => hub.Subscribe("other", OnlyA, null) is not null);

        Assert.Equal((18, 2), (greedy, other));
    }

    [Fact]
    public void ATenantFollowsOnlySoManyTopics()
    {
        var hub = Hub(subscribers: 20);
        using var both = hub.Subscribe("t", Both, null);
        using var again = hub.Subscribe("t", Both, null);
        Assert.NotNull(again);
        Assert.Null(hub.Subscribe("t", new HashSet<string>(StringComparer.Ordinal) { "c", "d" }, null));

        using var third = hub.Subscribe("t", new HashSet<string>(StringComparer.Ordinal) { "c" }, null);
        using var elsewhere = hub.Subscribe("u", new HashSet<string>(StringComparer.Ordinal) { "c", "d" }, null);
        Assert.NotNull(third);
        Assert.NotNull(elsewhere);
    }

    [Fact]
    public void AHoleIsRememberedAfterSomebodyElseListensAgain()
    {
        var tenant = new LiveTenant(ring: 4);
        using var first = new LiveSubscription("t", OnlyA, queue: 4, _ => { });
        tenant.Add(first, null);
        tenant.Publish(["a"], "x", "1");
        tenant.Remove(first, _clock.GetUtcNow());
        tenant.EndIdleTopics(_clock.GetUtcNow());

        using var second = new LiveSubscription("t", OnlyA, queue: 4, _ => { });
        tenant.Add(second, null);
        tenant.Publish(["a"], "x", "2");

        // The first reader does not know what happened while nobody listened; whoever saw the second event does.
        Assert.False(tenant.CanResume(1, OnlyA));
        Assert.True(tenant.CanResume(2, OnlyA));
    }

    [Fact]
    public void EverNewTopicsTakeNoMoreThanTheirRoom()
    {
        var tenant = new LiveTenant(ring: 4);
        for (var index = 0; index < 3 * LiveTenant.MostEnded; index++)
        {
            using var subscription = new LiveSubscription("t", new HashSet<string>(StringComparer.Ordinal) { $"execution:{index}" }, queue: 1, _ => { });
            subscription.Lingers = false;
            tenant.Add(subscription, null);
            tenant.Remove(subscription, _clock.GetUtcNow());
            tenant.EndIdleTopics(_clock.GetUtcNow() - TimeSpan.FromSeconds(30));
            Assert.InRange(tenant.KnownTopics, 0, LiveTenant.MostEnded);
        }

        // What was forgotten may have been any topic.
        Assert.False(tenant.CanResume(tenant.LastSeq, OnlyA));
        tenant.Publish(["a"], "x", "1");
        Assert.True(tenant.CanResume(tenant.LastSeq, OnlyA));
    }

    [Fact]
    public void AReaderGoesOnAfterTheLastEventItSaw()
    {
        using (var first = _hub.Subscribe("t", OnlyA, null)!)
        {
            _hub.Publish("t", ["a"], "x", "1");
        }

        _hub.Publish("t", ["a"], "x", "2");
        _hub.Publish("t", ["b"], "x", "3");
        using var resumed = _hub.Subscribe("t", OnlyA, _hub.IdOf(1))!;

        Assert.False(resumed.StartsWithReset);
        Assert.Equal(["2"], Read(resumed));
    }

    [Fact]
    public void WhatTheRingHasForgottenIsAReset()
    {
        using var first = _hub.Subscribe("t", OnlyA, null)!;
        for (var index = 1; index <= 6; index++)
        {
            _hub.Publish("t", ["a"], "x", $"{index}");
        }

        using (var resumed = _hub.Subscribe("t", OnlyA, _hub.IdOf(1))!)
        {
            Assert.True(resumed.StartsWithReset);
            Assert.Empty(Read(resumed));
        }

        using var fresh = _hub.Subscribe("t", OnlyA, _hub.IdOf(4))!;
        Assert.False(fresh.StartsWithReset);
        Assert.Equal(["5", "6"], Read(fresh));
    }

    [Fact]
    public void ATopicThatNobodyFollowedForAWhileIsAReset()
    {
        using var stays = _hub.Subscribe("t", OnlyA, null)!;
        _hub.Subscribe("t", Both, null)!.Dispose();
        Assert.Equal(2, _hub.ActiveTopics().Count);

        _clock.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal([new LiveTopic("t", "a")], _hub.ActiveTopics());
        using var back = _hub.Subscribe("t", Both, _hub.IdOf(0))!;
        Assert.True(back.StartsWithReset);
    }

    [Fact]
    public void ANewTopicHasNoPastAndIsNoReset()
    {
        using var stays = _hub.Subscribe("t", OnlyA, null)!;
        _hub.Publish("t", ["a"], "x", "1");

        using var wider = _hub.Subscribe("t", Both, _hub.IdOf(1))!;

        Assert.False(wider.StartsWithReset);
    }

    [Fact]
    public void WithoutListenersNothingIsKept()
    {
        _hub.Subscribe("t", OnlyA, null)!.Dispose();
        _clock.Advance(TimeSpan.FromSeconds(31));

        Assert.Empty(_hub.ActiveTopics());
        using var back = _hub.Subscribe("t", OnlyA, _hub.IdOf(1))!;
        Assert.True(back.StartsWithReset);
    }

    private static List<string> Read(LiveSubscription subscription)
    {
        var data = new List<string>();
        while (subscription.Events.TryRead(out var liveEvent))
        {
            data.Add(liveEvent.Data);
        }

        return data;
    }
}
