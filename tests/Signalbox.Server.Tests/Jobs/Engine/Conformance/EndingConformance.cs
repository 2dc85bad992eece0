using Signalbox.Server.Jobs;
using Signalbox.Server.Jobs.Engine;
using Signalbox.Server.Jobs.Engine.Endings;
using Signalbox.Server.Jobs.Engine.Loops;
using Signalbox.Server.Platform.Control;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.Server.Tests.Jobs.Engine.Conformance;

/// <summary>What the ends of attempts, and the recovery of lost ones, promise on every database.</summary>
public abstract class EndingConformance : EngineConformance
{
    private protected EndingConformance(SharedDatabases databases, ControlEngine engine)
        : base(databases, engine)
    {
    }

    [Fact]
    public async Task MovesAnExecutionThatIsOverIntoTheHistory()
    {
        var id = await Tables.AddLiveAsync(await Tables.AddJobAsync());
        var run = Assert.Single(await Node.ClaimAsync(10, Cancel));
        var ending = new Ending
        {
            Id = id,
            Fence = run.Fence,
            State = "failed",
            ExitCode = 3,
            Error = new ExecutionError("exit_code", "It\0 failed 👩‍🍳 \ud800.", "at x"),
            Cause = "exit code 3",
            OutputBytes = 12,
            OutputCut = true,
        };

        var outcome = await Node.EndAsync([ending], Cancel);

        Assert.Equal([new FinishedRun(id, JobTables.Tenant, run.JobId, "failed", Late: false)], outcome.Finished);
        Assert.Empty(await Tables.LiveAsync());
        var past = Assert.Single(await Tables.HistoryAsync());
        Assert.Equal((id, "failed", "ran", 1, run.Fence, "exit code 3"), (past.Id, past.State, past.FireOutcome, past.Attempt, past.Fence, past.Cause));
        Assert.Equal("It\ufffd failed 👩‍🍳 \ufffd.", past.ErrorMessage);
        Assert.Equal((3, 12), (past.ExitCode, past.OutputBytes));
        Assert.Equal((1, 0), (await StatisticAsync("failed"), await StatisticAsync("succeeded")));
        Assert.Equal(1, await Tables.ValueAsync<long>("SELECT count FROM job_causes WHERE cause = 'exit code 3'"));
    }

    [Fact]
    public async Task CountsEveryEndOfABatchAndOfLaterBatchesInTheSameHour()
    {
        var job = await Tables.AddJobAsync(overlap: "allow");
        for (var index = 0; index < 30; index++)
        {
            await Tables.AddLiveAsync(job);
        }

        foreach (var batch in new[] { 20, 10 })
        {
            var runs = await Node.ClaimAsync(batch, Cancel);
            await Node.EndAsync([.. runs.Select(static run => new Ending { Id = run.Id, Fence = run.Fence, State = "succeeded" })], Cancel);
        }

        Assert.Equal(30, await StatisticAsync("succeeded"));
        Assert.Equal(30, await StatisticAsync(string.Join(" + ", Signalbox.Server.Jobs.Engine.DurationBuckets.Columns)));
        Assert.Equal(30, (await Tables.HistoryAsync()).Count);
    }

    [Fact]
    public async Task AnEndThatComesAfterItsLeasePassedOnChangesNothing()
    {
        var id = await Tables.AddLiveAsync(await Tables.AddJobAsync("\"retry\":{\"attempts\":3,\"delay\":\"0s\"}"));
        var first = Assert.Single(await Node.ClaimAsync(10, Cancel));
        await Tables.ExpireAsync(id);
        await Other.Get<Recovery>().RunOnceAsync(Cancel);

        Assert.Equal([id], (await Node.EndAsync(first, "succeeded", Cancel)).Zombies);
        var second = Assert.Single(await Other.ClaimAsync(10, Cancel));
        Assert.Equal([id], (await Node.EndAsync(first, "succeeded", Cancel)).Zombies);

        var row = await Tables.LiveAsync(id);
        Assert.Equal(("running", Other.Id, second.Fence, 2), (row!.State, row.Owner, row.Fence, row.Attempt));
        Assert.True(second.Fence > first.Fence);
        Assert.Equal([id], (await Other.EndAsync(second, "succeeded", Cancel)).Written);
        Assert.Equal([id], (await Node.EndAsync(first, "failed", Cancel)).Zombies);
        Assert.Equal("succeeded", Assert.Single(await Tables.HistoryAsync()).State);
    }

    [Fact]
    public async Task AnEndWrittenTwiceBecauseItsAnswerWasLostIsNoZombie()
    {
        var over = await Tables.AddLiveAsync(await Tables.AddJobAsync());
        var again = await Tables.AddLiveAsync(await Tables.AddJobAsync());
        var runs = await Node.ClaimAsync(10, Cancel);
        List<Ending> endings = [.. runs.Select(run => new Ending { Id = run.Id, Fence = run.Fence, State = "failed", After = run.Id == over ? AfterEnd.Finish : AfterEnd.Retry, RetryDelay = TimeSpan.FromHours(1) })];
        await Node.EndAsync(endings, Cancel);

        var outcome = await Node.EndAsync([.. endings.Select(static ending => ending with { Uncertain = true })], Cancel);

        Assert.Empty(outcome.Zombies);
        Assert.Equal(new[] { over, again }.Order(StringComparer.Ordinal), outcome.Written.Order(StringComparer.Ordinal));
        Assert.Equal(1, await StatisticAsync("failed"));
    }

    [Fact]
    public async Task ARetryWaitsForItsDelayAndKeepsTheAttemptBefore()
    {
        var job = await Tables.AddJobAsync();
        var id = await Tables.AddLiveAsync(job);
        var run = Assert.Single(await Node.ClaimAsync(10, Cancel));

        await Node.EndAsync([new Ending { Id = id, Fence = run.Fence, State = "timedOut", After = AfterEnd.Retry, RetryDelay = TimeSpan.FromHours(1), Error = new ExecutionError("timeout", "Too long.", null) }], Cancel);

        var row = await Tables.LiveAsync(id);
        Assert.Equal(("scheduled", 1, null, null, "ran"), (row!.State, row.Attempt, row.Owner, row.RunningKey, row.FireOutcome));
        Assert.InRange(row.DueAtMs - await Tables.NowAsync(), 3_500_000, 3_600_000);
        Assert.Equal("timedOut", await Tables.ValueAsync<string>("SELECT state FROM job_attempts WHERE execution_id = @id AND attempt = 1", new { id }));
        Assert.Empty(await Node.ClaimAsync(10, Cancel));
        Assert.Equal(0, await Tables.ValueAsync<long>("SELECT count(*) FROM job_statistics"));
    }

    [Fact]
    public async Task AFireThatStartedLateIsLateWhicheverAttemptEndsIt()
    {
        var id = await Tables.AddLiveAsync(await Tables.AddJobAsync(), dueIn: -TimeSpan.FromSeconds(61));
        var first = Assert.Single(await Node.ClaimAsync(10, Cancel));
        await Node.EndAsync([new Ending { Id = id, Fence = first.Fence, State = "failed", After = AfterEnd.Retry }], Cancel);
        var second = Assert.Single(await Node.ClaimAsync(10, Cancel));
        await Node.EndAsync(second, "succeeded", Cancel);

        Assert.Equal("late", Assert.Single(await Tables.HistoryAsync()).FireOutcome);
        Assert.Equal(1, await StatisticAsync("late"));
    }

    [Fact]
    public async Task WhatNoScheduleAskedForIsNeitherInTimeNorLate()
    {
        await Tables.AddLiveAsync(await Tables.AddJobAsync(), dueIn: -TimeSpan.FromHours(1), scheduled: false);
        await Node.EndAsync(Assert.Single(await Node.ClaimAsync(10, Cancel)), "succeeded", Cancel);

        Assert.Null(Assert.Single(await Tables.HistoryAsync()).FireOutcome);
    }

    [Fact]
    public async Task WhatIsGivenBackIsAsIfItHadNotBeenClaimed()
    {
        var id = await Tables.AddLiveAsync(await Tables.AddJobAsync());
        var before = await Tables.LiveAsync(id);
        var run = Assert.Single(await Node.ClaimAsync(10, Cancel));

        await Node.EndAsync([new Ending { Id = id, Fence = run.Fence, State = "cancelled", After = AfterEnd.GiveBack }], Cancel);

        var after = await Tables.LiveAsync(id);
        Assert.Equal(before! with { Fence = 0 }, after! with { Fence = 0 });
        Assert.Equal(0, await Tables.ValueAsync<long>("SELECT count(*) FROM job_attempts"));
        Assert.True(Assert.Single(await Other.ClaimAsync(10, Cancel)).Fence > run.Fence);
    }

    [Fact]
    public async Task RecoveryEndsOnlyWhatHasNoValidLease()
    {
        var alive = await Tables.AddLiveAsync(await Tables.AddJobAsync());
        var dead = await Tables.AddLiveAsync(await Tables.AddJobAsync());
        await Node.ClaimAsync(10, Cancel);
        await Tables.ExpireAsync(dead);

        await Task.WhenAll(Node.Get<Recovery>().RunOnceAsync(Cancel), Other.Get<Recovery>().RunOnceAsync(Cancel));

        Assert.Equal((dead, "lost", "lost"), (await Tables.HistoryAsync()).Select(static row => (row.Id, row.State, row.Cause)).Single());
        Assert.Equal(alive, Assert.Single(await Tables.LiveAsync()).Id);
        Assert.Equal(1, await StatisticAsync("lost"));
    }

    [Fact]
    public async Task RecoveryRepeatsWhatItsJobLetsRepeatUpToItsAttempts()
    {
        var id = await Tables.AddLiveAsync(await Tables.AddJobAsync("\"retry\":{\"attempts\":2,\"delay\":\"0s\",\"on\":[\"lost\"]}"));
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            Assert.Equal(attempt, Assert.Single(await Node.ClaimAsync(10, Cancel)).Attempt);
            await Tables.ExpireAsync(id);
            await Other.Get<Recovery>().RunOnceAsync(Cancel);
        }

        var past = Assert.Single(await Tables.HistoryAsync());
        Assert.Equal(("lost", 2, "ran"), (past.State, past.Attempt, past.FireOutcome));
        Assert.Equal("lost", await Tables.ValueAsync<string>("SELECT state FROM job_attempts WHERE execution_id = @id", new { id }));
    }

    [Theory]
    [InlineData("Retry", "failed")]
    [InlineData("GiveBack", "cancelled")]
    public async Task WhatWasAskedToEndDoesNotBeginAgain(string after, string state)
    {
        var id = await Tables.AddLiveAsync(await Tables.AddJobAsync());
        var run = Assert.Single(await Node.ClaimAsync(10, Cancel));
        await Other.Database.WriteAsync(session => Other.Get<EngineCommands>().RequestCancelAsync(session, id, "requested"), Cancel);

        await Node.EndAsync([new Ending { Id = id, Fence = run.Fence, State = state, After = Enum.Parse<AfterEnd>(after) }], Cancel);

        Assert.Empty(await Tables.LiveAsync());
        Assert.Equal((state, "requested", "ran"), (await Tables.HistoryAsync()).Select(static row => (row.State, row.CancelReason, row.FireOutcome)).Single());
    }

    [Fact]
    public async Task AnExecutionWhoseJobIsGoneHoldsNoOtherUp()
    {
        var job = await Tables.AddJobAsync();
        await Tables.AddLiveAsync(job);
        var other = await Tables.AddLiveAsync(await Tables.AddJobAsync());
        await Tables.ExecuteAsync("DELETE FROM jobs WHERE id = @id", new { id = job.Id });

        Assert.Contains(await Node.ClaimAsync(10, Cancel), run => run.Id == other);
    }

    [Fact]
    public async Task ADependentRunsOnceForEachEndThatItWaitsFor()
    {
        var upstream = await Tables.AddJobAsync(overlap: "allow");
        var wants = await Tables.AddJobAsync($"\"schedule\":{{\"after\":{{\"task\":\"{upstream.Id}\",\"on\":[\"succeeded\",\"lost\"]}}}}", after: upstream.Id);
        var disabled = await Tables.AddJobAsync($"\"schedule\":{{\"after\":{{\"task\":\"{upstream.Id}\"}}}}", after: upstream.Id);
        await Tables.ExecuteAsync("UPDATE jobs SET enabled = 0 WHERE id = @id", new { id = disabled.Id });
        for (var index = 0; index < 3; index++)
        {
            await Tables.AddLiveAsync(upstream);
        }

        var runs = await Node.ClaimAsync(10, Cancel);
        await Tables.ExpireAsync(runs[2].Id);
        await Node.EndAsync(runs[0], "succeeded", Cancel);
        await Node.EndAsync(runs[1], "failed", Cancel);
        await Node.Get<Recovery>().RunOnceAsync(Cancel);
        await Node.EndAsync([new Ending { Id = runs[0].Id, Fence = runs[0].Fence, State = "succeeded", Uncertain = true }], Cancel);

        var rows = await Tables.LiveAsync();
        Assert.Equal([wants.Id, wants.Id], rows.Select(static row => row.JobId));
        Assert.All(rows, static row => Assert.Equal("dependency", row.TriggerKind));
    }

    private Task<long> StatisticAsync(string column) => Tables.ValueAsync<long>($"SELECT {column} FROM job_statistics WHERE span = 'hour'");
}
