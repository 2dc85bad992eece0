using Signalbox.Server.Jobs;
using Signalbox.Server.Jobs.Engine.Endings;
using Signalbox.Server.Jobs.Engine.Loops;
using Signalbox.Server.Jobs.Running;
using Signalbox.Server.Tests.Platform.Control.Conformance;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.Server.Tests.Jobs.Engine.Endings;

public sealed class EndingWriterTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnEndThatComesWhileTheDatabaseIsAwayIsWrittenWhenItIsBack()
    {
        await using var server = await PostgreSqlProcess.StartAsync(Cancel);
        await using var place = ControlUnderTest.For(server.UrlOf("postgres"));
        var database = place.Open(place.Options, [new JobsMigrations()]);
        var tables = new JobTables(database);
        await using var node = new EngineNode(database, TimeProvider.System);
        var id = await tables.AddLiveAsync(await tables.AddJobAsync());
        await node.Get<Dispatcher>().RunOnceAsync(Cancel);
        var attempt = await ClockedEngine.StartedAsync(node, 1, Cancel);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var writing = node.Get<EndingWriter>().RunAsync(stop.Token);

        await server.CrashAsync(Cancel);
        attempt.End(RunEnd.Succeeded);
        await Eventually.HoldsAsync("the run was over", () => Task.FromResult(node.Runs.Running == 0), Cancel);
        await server.StartAgainAsync(Cancel);

        await Eventually.HoldsAsync("the end was written", () => Task.FromResult(node.Runs.IsEmpty), Cancel);
        Assert.Equal("succeeded", (await tables.HistoryAsync(id))!.State);
        await stop.CancelAsync();
        await writing;
    }

    [Fact]
    public async Task AnEndThatTheDatabaseRefusesDoesNotHoldUpTheOthersOfItsBatch()
    {
        await using var engine = new ClockedEngine();
        var job = await engine.Tables.AddJobAsync(overlap: "allow");
        for (var index = 0; index < 5; index++)
        {
            await engine.Tables.AddLiveAsync(job);
        }

        await engine.Node.Get<Dispatcher>().RunOnceAsync(Cancel);
        await ClockedEngine.StartedAsync(engine.Node, 5, Cancel);
        var poisoned = engine.Node.Runner.Attempts[2].Request.ExecutionId;
        await engine.Tables.ExecuteAsync($"CREATE TRIGGER poison BEFORE INSERT ON job_history WHEN NEW.id = '{poisoned}' BEGIN SELECT RAISE(ABORT, 'refused'); END");
        foreach (var attempt in engine.Node.Runner.Attempts)
        {
            attempt.End(RunEnd.Succeeded);
        }

        await ClockedEngine.WriteEndsAsync(engine.Node, 5, Cancel);

        Assert.Equal(4, (await engine.Tables.HistoryAsync()).Count);
        Assert.Equal(poisoned, Assert.Single(await engine.Tables.LiveAsync()).Id);
    }
}
