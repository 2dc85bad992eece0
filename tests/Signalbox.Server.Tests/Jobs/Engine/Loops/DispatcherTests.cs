using Signalbox.Server.Jobs.Engine.Loops;
using Signalbox.Server.Jobs.Running;
using Signalbox.Testing.Clock;
using Xunit;

namespace Signalbox.Server.Tests.Jobs.Engine.Loops;

public sealed class DispatcherTests : IAsyncDisposable
{
    private readonly ClockedEngine _engine = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task StartsWhatIsDueAndItsEndComesIntoTheHistory()
    {
        var id = await _engine.Tables.AddLiveAsync(await _engine.Tables.AddJobAsync("\"timeout\":\"5m\""));

        await _engine.Node.Get<Dispatcher>().RunOnceAsync(Cancel);

        var attempt = await ClockedEngine.StartedAsync(_engine.Node, 1, Cancel);
        Assert.Equal((id, 1, TimeSpan.FromMinutes(5)), (attempt.Request.ExecutionId, attempt.Request.Attempt, attempt.Request.Timeout));
        attempt.End(RunEnd.Succeeded);
        await ClockedEngine.WriteEndsAsync(_engine.Node, 1, Cancel);
        Assert.Equal((id, "succeeded"), (await _engine.Tables.HistoryAsync()).Select(static row => (row.Id, row.State)).Single());
        Assert.True(_engine.Node.Runs.IsEmpty);
    }

    [Fact]
    public async Task RestsUntilTheNextDueTimeButNeverLongerThanThePoll()
    {
        var dispatcher = _engine.Node.Get<Dispatcher>();
        Assert.Equal(TimeSpan.FromSeconds(1), await dispatcher.RunOnceAsync(Cancel));
        await _engine.Tables.AddLiveAsync(await _engine.Tables.AddJobAsync(), TimeSpan.FromHours(1));
        Assert.Equal(TimeSpan.FromSeconds(1), await dispatcher.RunOnceAsync(Cancel));

        await _engine.Tables.AddLiveAsync(await _engine.Tables.AddJobAsync(), TimeSpan.FromMilliseconds(700));

        Assert.Equal(TimeSpan.FromMilliseconds(700), await dispatcher.RunOnceAsync(Cancel));
    }

    [Fact]
    public async Task ClaimsNoMoreThanItHasSlotsAndAQuarantinedOneIsNotFree()
    {
        var node = _engine.NewNode(slots: 4);
        node.Runner.Quarantined = 1;
        for (var index = 0; index < 6; index++)
        {
            await _engine.Tables.AddLiveAsync(await _engine.Tables.AddJobAsync());
        }

        await node.Get<Dispatcher>().RunOnceAsync(Cancel);
        Assert.Equal(3, node.Runs.Running);
        (await ClockedEngine.StartedAsync(node, 1, Cancel)).End(RunEnd.Succeeded);
        await Eventually.HoldsAsync("a slot was free", () => Task.FromResult(node.Runs.Running == 2), Cancel);
        await node.Get<Dispatcher>().RunOnceAsync(Cancel);

        Assert.Equal(3, node.Runs.Running);
    }

    [Fact]
    public async Task TriesAgainAfterTheDelayAsOftenAsTheJobSays()
    {
        await _engine.Tables.AddLiveAsync(await _engine.Tables.AddJobAsync("\"retry\":{\"attempts\":3,\"delay\":\"8s\",\"backoff\":\"constant\",\"on\":[\"failed\"]}"));
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            await _engine.Node.Get<Dispatcher>().RunOnceAsync(Cancel);
            (await ClockedEngine.StartedAsync(_engine.Node, attempt, Cancel)).End(RunEnd.Failed, "exit code 1");
            await ClockedEngine.WriteEndsAsync(_engine.Node, 1, Cancel);
            await _engine.Node.Get<Dispatcher>().RunOnceAsync(Cancel);
            Assert.Equal(attempt, _engine.Node.Runner.Attempts.Count);
            _engine.Clock.Advance(TimeSpan.FromSeconds(8));
        }

        Assert.Equal(("failed", 3, "ran"), (await _engine.Tables.HistoryAsync()).Select(static row => (row.State, row.Attempt, row.FireOutcome)).Single());
    }

    [Fact]
    public async Task AJobWhoseDefinitionCannotBeReadFailsInsteadOfHoldingASlot()
    {
        await _engine.Tables.AddLiveAsync(await _engine.Tables.AddJobAsync());
        await _engine.Tables.ExecuteAsync("UPDATE jobs SET definition = '{}', version = 2");

        await _engine.Node.Get<Dispatcher>().RunOnceAsync(Cancel);
        await ClockedEngine.WriteEndsAsync(_engine.Node, 1, Cancel);

        Assert.Equal(("failed", "definition"), (await _engine.Tables.HistoryAsync()).Select(static row => (row.State, row.Cause)).Single());
    }

    [Fact]
    public async Task AbandonedWorkIsOverForTheTableWhileItsSlotIsTheRunnersToFree()
    {
        await _engine.Tables.AddLiveAsync(await _engine.Tables.AddJobAsync());
        await _engine.Node.Get<Dispatcher>().RunOnceAsync(Cancel);

        (await ClockedEngine.StartedAsync(_engine.Node, 1, Cancel)).End(RunEnd.Abandoned);
        await ClockedEngine.WriteEndsAsync(_engine.Node, 1, Cancel);

        Assert.Equal("abandoned", Assert.Single(await _engine.Tables.HistoryAsync()).State);
    }

    [Fact]
    public async Task GivesBackWhatItHoldsWithoutKnowingThoughNothingElseIsDue()
    {
        var id = await _engine.Tables.AddLiveAsync(await _engine.Tables.AddJobAsync());
        await ClaimInVainAsync();
        await _engine.Node.ClaimAsync(1, Cancel);

        await _engine.Node.Get<Dispatcher>().RunOnceAsync(Cancel);

        var attempt = await ClockedEngine.StartedAsync(_engine.Node, 1, Cancel);
        Assert.Equal((id, 1), (attempt.Request.ExecutionId, attempt.Request.Attempt));
    }

    [Fact]
    public async Task NeverGivesBackWhatBeganHereThoughItsRunIsGivenUp()
    {
        var id = await _engine.Tables.AddLiveAsync(await _engine.Tables.AddJobAsync());
        await _engine.Node.Get<Dispatcher>().RunOnceAsync(Cancel);
        await ClockedEngine.StartedAsync(_engine.Node, 1, Cancel);
        _engine.Clock.Advance(TimeSpan.FromSeconds(28));
        await _engine.Node.Get<LeaseWatch>().RunOnceAsync(Cancel);
        var other = await _engine.Tables.AddLiveAsync(await _engine.Tables.AddJobAsync());
        await ClaimInVainAsync();

        await _engine.Node.Get<Dispatcher>().RunOnceAsync(Cancel);

        Assert.Equal(other, (await ClockedEngine.StartedAsync(_engine.Node, 2, Cancel)).Request.ExecutionId);
        Assert.Equal(("running", 1), ((await _engine.Tables.LiveAsync(id))!.State, (await _engine.Tables.LiveAsync(id))!.Attempt));
    }

    /// <summary>A claim fails, so that the dispatcher does not know whether it was carried out.</summary>
    private async Task ClaimInVainAsync()
    {
        await _engine.Tables.ExecuteAsync("ALTER TABLE jobs RENAME TO jobs_away");
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => _engine.Node.Get<Dispatcher>().RunOnceAsync(Cancel));
        await _engine.Tables.ExecuteAsync("ALTER TABLE jobs_away RENAME TO jobs");
    }
}
