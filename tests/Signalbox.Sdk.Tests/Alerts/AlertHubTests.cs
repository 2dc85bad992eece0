using Signalbox.Sdk.Alerts;
using Xunit;

namespace Signalbox.Sdk.Tests.Alerts;

public sealed class AlertHubTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 24, 10, 0, 0, TimeSpan.Zero);

    private readonly AlertHub _hub = new();
    private readonly List<string> _told = [];

    [Fact]
    public async Task TellsTheHandlersOfItsTypeAndThoseOfAllTypes()
    {
        _hub.Register("disk_full", Tell("disk"));
        _hub.Register("other", Tell("other"));
        _hub.Register("*", Tell("all"));

        Assert.True(await _hub.TriggerAsync(At("disk_full", "/data", 0), TestContext.Current.CancellationToken));

        Assert.Equal(["all", "disk"], _told.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task DropsARepetitionWithinFiveMinutesAndCountsIt()
    {
        _hub.Register("slow", Tell("slow"));

        var passed = new List<bool>();
        foreach (var second in new[] { 0, 1, 299, 300, 301 })
        {
            passed.Add(await _hub.TriggerAsync(At("slow", "render", second), TestContext.Current.CancellationToken));
        }

        Assert.Equal([true, false, false, true, false], passed);
        Assert.Equal(2, _told.Count);
        Assert.Equal(3, _hub.Repeated);
        Assert.Equal(2, _hub.History.Count);
    }

    [Fact]
    public async Task AnotherSubjectOfTheSameTypeIsNoRepetition()
    {
        Assert.True(await _hub.TriggerAsync(At("slow", "render", 0), TestContext.Current.CancellationToken));
        Assert.True(await _hub.TriggerAsync(At("slow", "send", 1), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task AClockThatWasSetBackSilencesNothing()
    {
        Assert.True(await _hub.TriggerAsync(At("slow", "render", 7200), TestContext.Current.CancellationToken));
        Assert.True(await _hub.TriggerAsync(At("slow", "render", 0), TestContext.Current.CancellationToken));
        Assert.False(await _hub.TriggerAsync(At("slow", "render", 1), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task AHandlerThatFailsStopsNoOther()
    {
        _hub.Register("slow", static (_, _) => throw new InvalidOperationException("at once"));
        _hub.Register("slow", static async (_, _) =>
        {
            await Task.Yield();
            throw new InvalidOperationException("later");
        });
        _hub.Register("slow", Tell("third"));

        Assert.True(await _hub.TriggerAsync(At("slow", "render", 0), TestContext.Current.CancellationToken));

        Assert.Equal(["third"], _told);
        Assert.Equal(2, _hub.Failed);
    }

    [Fact]
    public async Task AHandlerThatWasTakenOutIsNotTold()
    {
        _hub.Register("slow", Tell("slow")).Dispose();

        await _hub.TriggerAsync(At("slow", "render", 0), TestContext.Current.CancellationToken);

        Assert.Empty(_told);
    }

    [Fact]
    public async Task KeepsOnlySoManyAlerts()
    {
        var hub = new AlertHub(new AlertHubOptions { HistoryLength = 3, RepeatAfter = TimeSpan.Zero });
        for (var second = 0; second < 10; second++)
        {
            await hub.TriggerAsync(At("slow", "render", second), TestContext.Current.CancellationToken);
        }

        Assert.Equal([7, 8, 9], hub.History.Select(static alert => (alert.At - Start).TotalSeconds));
    }

    private static Alert At(string type, string subject, int second) => new(type, subject, "Look.", Start.AddSeconds(second), new Dictionary<string, double>());

    private Func<Alert, CancellationToken, Task> Tell(string who) => (_, _) =>
    {
        _told.Add(who);
        return Task.CompletedTask;
    };
}
