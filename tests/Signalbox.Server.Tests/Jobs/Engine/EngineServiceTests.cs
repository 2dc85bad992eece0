using Signalbox.Server.Jobs.Engine;
using Signalbox.Server.Jobs.Running;
using Signalbox.Testing.Clock;
using Xunit;

namespace Signalbox.Server.Tests.Jobs.Engine;

/// <summary>The engine as a whole, in real time.</summary>
public sealed class EngineServiceTests : IAsyncDisposable
{
    private readonly ClockedEngine _engine = new(TimeProvider.System);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private EngineService Service => _engine.Node.Get<EngineService>();

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task RunsFiresOfASecondlyJobOneAfterTheOther()
    {
        _engine.Node.Runner.Always = new RunResult { End = RunEnd.Succeeded };
        await Service.StartAsync(Cancel);
        var job = await _engine.Tables.AddJobAsync("\"schedule\":{\"cron\":\"* * * * * *\"}");
        await _engine.Database.WriteAsync(session => _engine.Node.Get<EngineCommands>().ScheduleChangedAsync(session, job.Id), Cancel);

        await Eventually.HoldsAsync("three fires ran", async () => (await _engine.Tables.HistoryAsync()).Count >= 3, Cancel);
        await Service.StopAsync(Cancel);

        var past = await _engine.Tables.HistoryAsync();
        Assert.All(past, static row => Assert.Equal(("succeeded", "ran"), (row.State, row.FireOutcome)));
        Assert.Equal(past.Select(static row => row.NominalAtMs).Distinct().Count(), past.Count);
        Assert.Equal(0, await _engine.Tables.ValueAsync<long>("SELECT count(*) FROM job_instances"));
    }

    [Fact]
    public async Task AStopLeavesNothingRunningInTheTable()
    {
        await Service.StartAsync(Cancel);
        var repeats = await _engine.Tables.AddLiveAsync(await _engine.Tables.AddJobAsync("\"retry\":{\"attempts\":2}"));
        var ends = await _engine.Tables.AddLiveAsync(await _engine.Tables.AddJobAsync());
        var finishes = await _engine.Tables.AddLiveAsync(await _engine.Tables.AddJobAsync());
        await ClockedEngine.StartedAsync(_engine.Node, 3, Cancel);

        var stop = Service.StopAsync(Cancel);
        await Eventually.HoldsAsync("they were asked to end", () => Task.FromResult(_engine.Node.Runner.Attempts.All(static attempt => attempt.Asked == StopReason.Shutdown)), Cancel);
        foreach (var attempt in _engine.Node.Runner.Attempts)
        {
            attempt.End(attempt.Request.ExecutionId == finishes ? RunEnd.Succeeded : RunEnd.Interrupted);
        }

        await stop;

        Assert.Equal((repeats, "scheduled", 0), (await _engine.Tables.LiveAsync()).Select(static row => (row.Id, row.State, row.Attempt)).Single());
        Assert.Equal("succeeded", (await _engine.Tables.HistoryAsync(finishes))!.State);
        var interrupted = await _engine.Tables.HistoryAsync(ends);
        Assert.Equal(("cancelled", "shutdown"), (interrupted!.State, interrupted.CancelReason));
    }

    [Fact]
    public async Task AStopDoesNotWaitForeverForARunThatGoesOn()
    {
        await Service.StartAsync(Cancel);
        var id = await _engine.Tables.AddLiveAsync(await _engine.Tables.AddJobAsync());
        await ClockedEngine.StartedAsync(_engine.Node, 1, Cancel);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2), TimeProvider.System);

        await Service.StopAsync(patience.Token);

        Assert.Equal(StopReason.Lost, _engine.Node.Runner.Attempts[0].Asked);
        Assert.Empty(await _engine.Tables.LiveAsync());
        Assert.Equal("cancelled", (await _engine.Tables.HistoryAsync(id))!.State);
    }
}
