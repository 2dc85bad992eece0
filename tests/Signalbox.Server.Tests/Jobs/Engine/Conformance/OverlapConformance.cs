using Signalbox.Server.Jobs.Engine.Endings;
using Signalbox.Server.Jobs.Engine.Overlaps;
using Signalbox.Server.Platform.Control;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.Server.Tests.Jobs.Engine.Conformance;

/// <summary>What becomes, on every database, of executions that are due while another one of their key runs.</summary>
public abstract class OverlapConformance : EngineConformance
{
    private protected OverlapConformance(SharedDatabases databases, ControlEngine engine)
        : base(databases, engine)
    {
    }

    [Fact]
    public async Task ForbidSkipsTheFireAndCancelsARunByHand()
    {
        var job = await Tables.AddJobAsync();
        var running = await Tables.AddLiveAsync(job, TimeSpan.FromSeconds(-9));
        await Node.ClaimAsync(10, Cancel);
        await Tables.AddLiveAsync(job, TimeSpan.FromSeconds(-3));
        var byHand = await Tables.AddLiveAsync(job, TimeSpan.FromSeconds(-2), scheduled: false);
        var later = await Tables.AddLiveAsync(job, TimeSpan.FromMinutes(1));

        Assert.True(await ResolveAsync());
        Assert.False(await ResolveAsync());

        Assert.Equal(new[] { running, later }.Order(StringComparer.Ordinal), (await Tables.LiveAsync()).Select(static row => row.Id).Order(StringComparer.Ordinal));
        Assert.Equal(("skipped", "overlap"), (await Tables.FiresAsync()).Select(static fire => (fire.Outcome, fire.Reason)).Single());
        Assert.Equal((byHand, "cancelled", "overlap"), (await Tables.HistoryAsync()).Select(static row => (row.Id, row.State, row.CancelReason)).Single());
    }

    [Fact]
    public async Task QueueKeepsAsManyAsItsLimitAndSkipsTheLatest()
    {
        var job = await Tables.AddJobAsync(overlap: "queue", queueLimit: 2);
        await Tables.AddLiveAsync(job, TimeSpan.FromSeconds(-9));
        await Node.ClaimAsync(10, Cancel);
        var waiting = new List<string>();
        for (var index = 0; index < 4; index++)
        {
            waiting.Add(await Tables.AddLiveAsync(job, TimeSpan.FromSeconds(-8 + index)));
        }

        Assert.True(await ResolveAsync());
        Assert.False(await ResolveAsync());

        Assert.Equal(waiting[..2].Order(StringComparer.Ordinal), (await Tables.LiveAsync()).Where(static row => row.State == "scheduled").Select(static row => row.Id).Order(StringComparer.Ordinal));
        Assert.Equal(["queueFull", "queueFull"], (await Tables.FiresAsync()).Select(static fire => fire.Reason));
    }

    [Fact]
    public async Task ReplaceAsksTheRunningOneToEndAndOnlyTheLatestWaits()
    {
        var job = await Tables.AddJobAsync(overlap: "replace");
        var running = await Tables.AddLiveAsync(job, TimeSpan.FromSeconds(-9));
        var claim = Assert.Single(await Node.ClaimAsync(10, Cancel));
        await Tables.AddLiveAsync(job, TimeSpan.FromSeconds(-5));
        var latest = await Tables.AddLiveAsync(job, TimeSpan.FromSeconds(-4));

        Assert.True(await ResolveAsync());
        Assert.False(await ResolveAsync());

        Assert.Equal("replaced", (await Tables.LiveAsync(running))!.CancelReason);
        Assert.Equal("overlap", Assert.Single(await Tables.FiresAsync()).Reason);
        Assert.Empty(await Node.ClaimAsync(10, Cancel));
        await Node.EndAsync(claim, "cancelled", Cancel);
        Assert.Equal("replaced", (await Tables.HistoryAsync(running))!.CancelReason);
        Assert.Equal(latest, Assert.Single(await Node.ClaimAsync(10, Cancel)).Id);
    }

    [Fact]
    public async Task AGroupsJobsExcludeEachOtherEachByItsOwnRule()
    {
        var queues = await Tables.AddJobAsync(overlap: "queue", queueLimit: 5, key: "default/group");
        var forbids = await Tables.AddJobAsync(key: "default/group");
        var allows = await Tables.AddJobAsync(overlap: "allow", key: "default/group");
        await Tables.AddLiveAsync(queues, TimeSpan.FromSeconds(-9));
        await Node.ClaimAsync(10, Cancel);
        await Tables.AddLiveAsync(forbids, TimeSpan.FromSeconds(-5));
        var waiting = await Tables.AddLiveAsync(queues, TimeSpan.FromSeconds(-4));
        var beside = await Tables.AddLiveAsync(allows, TimeSpan.FromSeconds(-3));

        Assert.True(await ResolveAsync());

        Assert.Equal(beside, Assert.Single(await Other.ClaimAsync(10, Cancel)).Id);
        Assert.Equal(forbids.Id, Assert.Single(await Tables.FiresAsync()).JobId);
        Assert.Equal("scheduled", (await Tables.LiveAsync(waiting))!.State);
    }

    [Fact]
    public async Task ARetryWaitsWhateverTheRuleBecauseItsFireHasBegun()
    {
        var job = await Tables.AddJobAsync();
        var retried = await Tables.AddLiveAsync(job, TimeSpan.FromSeconds(-9));
        var first = Assert.Single(await Node.ClaimAsync(10, Cancel));
        await Node.EndAsync([new Ending { Id = retried, Fence = first.Fence, State = "failed", After = AfterEnd.Retry }], Cancel);
        await Tables.ExecuteAsync("UPDATE job_live SET due_at_ms = due_at_ms + 100000");
        await Tables.AddLiveAsync(job, TimeSpan.FromSeconds(-5));
        await Node.ClaimAsync(10, Cancel);
        await Tables.ExecuteAsync("UPDATE job_live SET due_at_ms = 1");

        Assert.False(await ResolveAsync());

        Assert.Equal("scheduled", (await Tables.LiveAsync(retried))!.State);
    }

    private Task<bool> ResolveAsync() => Node.Get<OverlapResolver>().ResolveAsync(Node.Database, Cancel);
}
