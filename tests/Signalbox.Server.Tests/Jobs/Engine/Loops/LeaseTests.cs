using Signalbox.Server.Jobs.Engine;
using Signalbox.Server.Jobs.Engine.Loops;
using Signalbox.Server.Jobs.Running;
using Signalbox.Testing.Clock;
using Xunit;

namespace Signalbox.Server.Tests.Jobs.Engine.Loops;

/// <summary>What happens to leases while time passes.</summary>
public sealed class LeaseTests : IAsyncDisposable
{
    private readonly ClockedEngine _engine = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task ALeaseThatIsRenewedOutlivesItsFirstEnd()
    {
        var (id, attempt) = await RunAsync();
        for (var step = 0; step < 10; step++)
        {
            _engine.Clock.Advance(TimeSpan.FromSeconds(10));
            await _engine.Node.Get<Heartbeat>().RunOnceAsync(Cancel);
            await _engine.Node.Get<LeaseWatch>().RunOnceAsync(Cancel);
            await _engine.NewNode().Get<Recovery>().RunOnceAsync(Cancel);
        }

        Assert.Null(attempt.Asked);
        Assert.Equal((id, "running"), (await _engine.Tables.LiveAsync()).Select(static row => (row.Id, row.State)).Single());
    }

    [Fact]
    public async Task LeasesAreRenewedThoughTheListOfInstancesCannotBeWritten()
    {
        var (id, attempt) = await RunAsync();
        await _engine.Tables.ExecuteAsync("ALTER TABLE job_instances RENAME TO job_instances_away");
        for (var step = 0; step < 4; step++)
        {
            _engine.Clock.Advance(TimeSpan.FromSeconds(10));
            await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => _engine.Node.Get<Heartbeat>().RunOnceAsync(Cancel));
            await _engine.Node.Get<LeaseWatch>().RunOnceAsync(Cancel);
        }

        Assert.Null(attempt.Asked);
        Assert.Equal("running", (await _engine.Tables.LiveAsync(id))!.State);
    }

    [Fact]
    public async Task AnOwnerThatCannotRenewStopsBeforeAnybodyElseMayStart()
    {
        var (id, attempt) = await RunAsync();

        _engine.Clock.Advance(TimeSpan.FromSeconds(28));
        await _engine.Node.Get<LeaseWatch>().RunOnceAsync(Cancel);
        await _engine.NewNode().Get<Recovery>().RunOnceAsync(Cancel);

        Assert.Equal(StopReason.Lost, attempt.Asked);
        Assert.Equal("running", (await _engine.Tables.LiveAsync(id))!.State);
        _engine.Clock.Advance(TimeSpan.FromSeconds(3));
        await _engine.NewNode().Get<Recovery>().RunOnceAsync(Cancel);
        Assert.Equal("lost", (await _engine.Tables.HistoryAsync(id))!.State);
    }

    [Fact]
    public async Task AnOwnerWhoseExecutionPassedOnHearsItWithTheNextRenewalAndWritesNothing()
    {
        var (id, attempt) = await RunAsync();
        await _engine.Tables.ExpireAsync(id);
        await _engine.NewNode().Get<Recovery>().RunOnceAsync(Cancel);

        await _engine.Node.Get<Heartbeat>().RunOnceAsync(Cancel);

        Assert.Equal(StopReason.Lost, attempt.Asked);
        attempt.End(RunEnd.Succeeded);
        await Eventually.HoldsAsync("the slot was free", () => Task.FromResult(_engine.Node.Runs.Running == 0), Cancel);
        Assert.Equal(0, await _engine.Node.Get<Signalbox.Server.Jobs.Engine.Endings.EndingWriter>().RunOnceAsync(Cancel));
        Assert.Equal("lost", Assert.Single(await _engine.Tables.HistoryAsync()).State);
    }

    [Fact]
    public async Task ACancelAskedOfAnotherInstanceArrivesWithTheNextSignOfLife()
    {
        var (id, attempt) = await RunAsync();
        await _engine.Node.Get<Heartbeat>().RunOnceAsync(Cancel);
        var other = _engine.NewNode();
        await _engine.Database.WriteAsync(session => other.Get<EngineCommands>().RequestCancelAsync(session, id, "requested"), Cancel);
        Assert.Null(attempt.Asked);

        _engine.Clock.Advance(TimeSpan.FromSeconds(1));
        await _engine.Node.Get<Heartbeat>().RunOnceAsync(Cancel);

        Assert.Equal(StopReason.Cancelled, attempt.Asked);
        attempt.End(RunEnd.Cancelled);
        await ClockedEngine.WriteEndsAsync(_engine.Node, 1, Cancel);
        Assert.Equal(("cancelled", "requested"), (await _engine.Tables.HistoryAsync()).Select(static row => (row.State, row.CancelReason)).Single());
    }

    [Fact]
    public async Task ACancelAskedOfTheSameInstanceArrivesAtOnce()
    {
        var (id, attempt) = await RunAsync();

        await _engine.Database.WriteAsync(session => _engine.Node.Get<EngineCommands>().RequestCancelAsync(session, id, "requested"), Cancel);

        Assert.Equal(StopReason.Cancelled, attempt.Asked);
    }

    [Fact]
    public async Task WhatWasClaimedWithoutKnowledgeOfItsOwnerIsRecoveredWhenItsLeaseEnds()
    {
        var id = await _engine.Tables.AddLiveAsync(await _engine.Tables.AddJobAsync("\"retry\":{\"attempts\":2,\"delay\":\"0s\"}"));
        await _engine.Node.ClaimAsync(1, Cancel);
        for (var step = 0; step < 4; step++)
        {
            _engine.Clock.Advance(TimeSpan.FromSeconds(10));
            await _engine.Node.Get<Heartbeat>().RunOnceAsync(Cancel);
        }

        await _engine.Node.Get<Recovery>().RunOnceAsync(Cancel);

        Assert.Equal("scheduled", (await _engine.Tables.LiveAsync(id))!.State);
    }

    [Fact]
    public async Task AnEndThatCannotBeWrittenWhileItsLeaseLastsIsNotWrittenAfterwards()
    {
        var (_, attempt) = await RunAsync();
        attempt.End(RunEnd.Succeeded);
        await Eventually.HoldsAsync("the slot was free", () => Task.FromResult(_engine.Node.Runs.Running == 0), Cancel);

        _engine.Clock.Advance(TimeSpan.FromSeconds(31));
        await ClockedEngine.WriteEndsAsync(_engine.Node, 1, Cancel);

        Assert.Empty(await _engine.Tables.HistoryAsync());
        await _engine.Node.Get<Recovery>().RunOnceAsync(Cancel);
        Assert.Equal("lost", Assert.Single(await _engine.Tables.HistoryAsync()).State);
    }

    [Fact]
    public async Task OneExecutionWhoseEndCannotBeWrittenKeepsNoOtherFromItsEnd()
    {
        var (id, _) = await RunAsync();
        var other = await _engine.Tables.AddLiveAsync(await _engine.Tables.AddJobAsync());
        await _engine.Node.Get<Dispatcher>().RunOnceAsync(Cancel);
        await _engine.Tables.ExecuteAsync(
            """
            INSERT INTO job_history (id, tenant, job_id, job_name, job_version, trigger_kind, trigger_key, nominal_at_ms, due_at_ms, state, priority, attempt, fence, finished_at_ms, trace_id, output_bytes, output_cut)
            SELECT 'in the way', tenant, job_id, job_name, job_version, trigger_kind, trigger_key, nominal_at_ms, due_at_ms, 'succeeded', 0, 1, 0, 1, trace_id, 0, 0 FROM job_live WHERE id = @id
            """,
            new { id });
        await _engine.Tables.ExpireAsync(id);
        await _engine.Tables.ExpireAsync(other);

        await _engine.NewNode().Get<Recovery>().RunOnceAsync(Cancel);

        Assert.Equal("lost", (await _engine.Tables.HistoryAsync(other))!.State);
    }

    private async Task<(string Id, FakeAttempt Attempt)> RunAsync()
    {
        var id = await _engine.Tables.AddLiveAsync(await _engine.Tables.AddJobAsync());
        await _engine.Node.Get<Dispatcher>().RunOnceAsync(Cancel);
        return (id, await ClockedEngine.StartedAsync(_engine.Node, 1, Cancel));
    }
}
