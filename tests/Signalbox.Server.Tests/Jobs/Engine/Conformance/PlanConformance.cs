using Signalbox.Scheduling;
using Signalbox.Server.Jobs.Engine;
using Signalbox.Server.Jobs.Engine.Catalogue;
using Signalbox.Server.Jobs.Engine.Loops;
using Signalbox.Server.Platform.Control;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.Server.Tests.Jobs.Engine.Conformance;

/// <summary>What planning, changes of jobs and the reconciler promise on every database.</summary>
public abstract class PlanConformance : EngineConformance
{
    private const string EverySecond = "\"schedule\":{\"cron\":\"* * * * * *\",\"timeZone\":\"UTC\"}";
    private const string EveryMinute = "\"schedule\":{\"cron\":\"* * * * *\",\"timeZone\":\"UTC\"}";

    private protected PlanConformance(SharedDatabases databases, ControlEngine engine)
        : base(databases, engine)
    {
    }

    [Fact]
    public async Task FiresWaitBeforeTheirTimeAndAreNeverPlannedTwice()
    {
        var job = await CreateAsync(EverySecond);

        await Task.WhenAll(Node.Get<Planner>().RunOnceAsync(Cancel), Other.Get<Planner>().RunOnceAsync(Cancel), Node.Get<Planner>().RunOnceAsync(Cancel));

        var rows = await Tables.LiveAsync();
        Assert.InRange(rows.Count, 9, 14);
        Assert.Equal(Enumerable.Range(0, rows.Count).Select(index => rows[0].NominalAtMs + (1000L * index)), rows.Select(static row => row.NominalAtMs));
        Assert.All(rows, row => Assert.Equal((job.Id, "schedule", "scheduled", row.NominalAtMs), (row.JobId, row.TriggerKind, row.State, row.DueAtMs)));
        Assert.Equal(rows[^1].NominalAtMs + 1000, await NextAsync(job));
    }

    [Fact]
    public async Task AFireThatIsInTheHistoryIsNotMadeAgain()
    {
        var job = await CreateAsync(EverySecond);
        var first = await NextAsync(job);
        await Node.Get<Planner>().RunOnceAsync(Cancel);
        await Tables.ExecuteAsync("UPDATE job_live SET due_at_ms = 1 WHERE nominal_at_ms = @first", new { first });
        foreach (var run in await Node.ClaimAsync(1, Cancel))
        {
            await Node.EndAsync(run, "succeeded", Cancel);
        }

        var before = await Tables.LiveAsync();
        await Tables.ExecuteAsync("UPDATE jobs SET next_nominal_at_ms = @first", new { first });
        await Node.Get<Planner>().RunOnceAsync(Cancel);

        var after = await Tables.LiveAsync();
        Assert.Equal(before.Select(static row => row.Id), after.Take(before.Count).Select(static row => row.Id));
        Assert.DoesNotContain(after, row => row.NominalAtMs == first);
        Assert.Single(await Tables.HistoryAsync());
    }

    [Theory]
    [InlineData("once", 1, 9, "coalesced", null)]
    [InlineData("skip", 0, 10, "skipped", "misfire")]
    [InlineData("all", 10, 0, null, null)]
    public async Task WhatWasMissedDuringAStopFollowsThePolicy(string policy, int runs, int others, string? outcome, string? reason)
    {
        var job = await CreateAsync($"{EveryMinute},\"misfire\":\"{policy}\",\"misfireGrace\":\"1s\"");
        var minute = await Tables.NowAsync() / 60_000 * 60_000;
        await Tables.ExecuteAsync("UPDATE jobs SET next_nominal_at_ms = @next", new { next = minute - (9 * 60_000) });
        await Tables.ExecuteAsync("UPDATE job_schedules SET from_ms = @from", new { from = minute - (9 * 60_000) - 1 });

        await Node.Get<Planner>().RunOnceAsync(Cancel);

        var missed = (await Tables.LiveAsync()).Where(row => row.NominalAtMs <= minute).ToList();
        var fires = await Tables.FiresAsync();

        // The last fire is in time when the minute has only just begun.
        Assert.InRange(missed.Count, runs, runs + 1);
        Assert.InRange(fires.Count, others - 1, others);
        Assert.All(fires, fire => Assert.Equal((job.Id, outcome, reason, 1), (fire.JobId, fire.Outcome, fire.Reason, fire.Count)));
        Assert.Equal(fires.Count, await Tables.ValueAsync<long>("SELECT coalesce(sum(coalesced + skipped), 0) FROM job_statistics"));
        if (policy == "once")
        {
            Assert.All(fires, fire => Assert.Contains(missed, run => run.Id == fire.ExecutionId));
        }
    }

    [Fact]
    public async Task BeyondTheCatchUpLimitMissedFiresShareOneRecord()
    {
        await CreateAsync($"{EveryMinute},\"misfire\":\"all\"");
        var first = (await Tables.NowAsync() / 60_000 * 60_000) - (3000L * 60_000);
        await Tables.ExecuteAsync("UPDATE jobs SET next_nominal_at_ms = @first", new { first });

        await Node.Get<Planner>().RunOnceAsync(Cancel);

        var shared = Assert.Single(await Tables.FiresAsync());
        Assert.Equal((first, "skipped", "catchUpLimit"), (shared.NominalAtMs, shared.Outcome, shared.Reason));
        Assert.InRange(shared.Count, 1995, 2002);
        Assert.InRange((await Tables.LiveAsync()).Count, 1000, 1003);
    }

    [Fact]
    public async Task AChangedScheduleTakesBackWhatWasToComeAndKeepsWhatIsDue()
    {
        var job = await CreateAsync(EverySecond);
        await Node.Get<Planner>().RunOnceAsync(Cancel);
        var due = (await Tables.LiveAsync())[0];
        await Tables.ExecuteAsync("UPDATE job_live SET nominal_at_ms = nominal_at_ms - 60000 WHERE id = @id", new { id = due.Id });

        await ChangeAsync(job, EveryMinute);

        Assert.Equal(due.Id, Assert.Single(await Tables.LiveAsync()).Id);
        Assert.Equal(0, await NextAsync(job) % 60_000);
        var periods = await Tables.ValueAsync<long>("SELECT count(*) FROM job_schedules WHERE until_ms IS NOT NULL");
        Assert.Equal((1, 2), (periods, await Tables.ValueAsync<long>("SELECT count(*) FROM job_schedules")));
    }

    [Fact]
    public async Task AChangeThatLeavesTheScheduleLeavesItsPeriodAndItsPlan()
    {
        var job = await CreateAsync(EverySecond);
        await Node.Get<Planner>().RunOnceAsync(Cancel);
        var (before, next) = (await Tables.LiveAsync(), await NextAsync(job));

        await Tables.ExecuteAsync("UPDATE jobs SET version = 2, priority = 9, overlap = 'queue', queue_limit = 3, definition = @definition", new { definition = Definition(job.Name, $"{EverySecond},\"priority\":9,\"overlap\":\"queue\",\"queueLimit\":3") });
        await CommandAsync(job);

        Assert.Equal(before.Select(static row => row.Id), (await Tables.LiveAsync()).Select(static row => row.Id));
        Assert.Equal(next, await NextAsync(job));
        Assert.Equal(1, await Tables.ValueAsync<long>("SELECT count(*) FROM job_schedules"));
        Assert.Equal(before.Count, await Tables.ValueAsync<long>("SELECT count(*) FROM job_live WHERE priority = 9 AND overlap = 'queue' AND queue_limit = 3"));
    }

    [Fact]
    public async Task ADisabledJobStartsNothingMoreAndEveryFireUntilThenIsAccountedFor()
    {
        var job = await CreateAsync(EverySecond);
        await Node.Get<Planner>().RunOnceAsync(Cancel);
        var rows = await Tables.LiveAsync();
        await Tables.ExecuteAsync("UPDATE job_live SET nominal_at_ms = nominal_at_ms - 60000 WHERE id = @id", new { id = rows[0].Id });
        await Tables.ExecuteAsync("UPDATE jobs SET version = 2, enabled = 0");

        await CommandAsync(job);

        Assert.Empty(await Tables.LiveAsync());
        Assert.Equal(("skipped", "disabled"), (await Tables.FiresAsync()).Select(static fire => (fire.Outcome, fire.Reason)).Single());
        Assert.Equal(0, await NextAsync(job));
        Assert.Equal(0, await Tables.ValueAsync<long>("SELECT count(*) FROM job_schedules WHERE until_ms IS NULL"));
        await Node.Get<Planner>().RunOnceAsync(Cancel);
        Assert.Empty(await Tables.LiveAsync());
    }

    [Fact]
    public async Task FiresThatNobodyHadPlannedBeforeAChangeAreNotForgotten()
    {
        var job = await CreateAsync($"{EveryMinute},\"misfire\":\"skip\",\"misfireGrace\":\"1s\"");
        var minute = await Tables.NowAsync() / 60_000 * 60_000;
        await Tables.ExecuteAsync("UPDATE jobs SET next_nominal_at_ms = @next", new { next = minute - (5 * 60_000) });

        await ChangeAsync(job, EverySecond);

        Assert.Equal(6, (await Tables.FiresAsync()).Count + (await Tables.LiveAsync()).Count);
    }

    [Fact]
    public async Task ADeletedJobLeavesNothingThatWaitsAndEndsWhatRuns()
    {
        var job = await CreateAsync(EverySecond);
        await Node.Get<Planner>().RunOnceAsync(Cancel);
        var running = await Node.Database.WriteAsync(session => Node.Get<EngineCommands>().TriggerAsync(session, job.Id, "somebody", ignoreOverlap: false, null), Cancel);
        await Node.ClaimAsync(1, Cancel);

        await Node.Database.WriteAsync(session => Node.Get<EngineCommands>().DeletedAsync(session, job.Id, "somebody"), Cancel);
        await Tables.ExecuteAsync("DELETE FROM jobs");

        var left = Assert.Single(await Tables.LiveAsync());
        Assert.Equal((running, "running", "deleted"), (left.Id, left.State, left.CancelReason));
    }

    [Fact]
    public async Task ARunByHandStartsAtOnceWithItsOwnArguments()
    {
        var job = await Tables.AddJobAsync();

        var id = await Node.Database.WriteAsync(session => Node.Get<EngineCommands>().TriggerAsync(session, job.Id, "somebody", ignoreOverlap: true, "{\"a\":1}"), Cancel);

        var run = Assert.Single(await Node.ClaimAsync(10, Cancel));
        Assert.Equal((id, "manual", "{\"a\":1}"), (run.Id, run.TriggerKind, run.Arguments));
        Assert.Null((await Tables.LiveAsync(id))!.RunningKey);
    }

    [Fact]
    public async Task AFireThatIsCancelledBeforeItStartsIsSkippedAndShownAsCancelled()
    {
        var id = await Tables.AddLiveAsync(await Tables.AddJobAsync());

        Assert.True(await Node.Database.WriteAsync(session => Node.Get<EngineCommands>().RequestCancelAsync(session, id, "requested"), Cancel));
        Assert.False(await Node.Database.WriteAsync(session => Node.Get<EngineCommands>().RequestCancelAsync(session, id, "requested"), Cancel));

        Assert.Equal((id, "cancelled", null, "requested"), (await Tables.HistoryAsync()).Select(static row => (row.Id, row.State, row.FireOutcome, row.CancelReason)).Single());
        Assert.Equal(("skipped", "requested", id), (await Tables.FiresAsync()).Select(static fire => (fire.Outcome, fire.Reason, fire.ExecutionId)).Single());
    }

    [Fact]
    public async Task ARunningExecutionIsAskedOnceToEnd()
    {
        var id = await Tables.AddLiveAsync(await Tables.AddJobAsync());
        await Node.ClaimAsync(10, Cancel);

        Assert.True(await Other.Database.WriteAsync(session => Other.Get<EngineCommands>().RequestCancelAsync(session, id, "requested"), Cancel));
        Assert.False(await Other.Database.WriteAsync(session => Other.Get<EngineCommands>().RequestCancelAsync(session, id, "again"), Cancel));

        Assert.Equal("requested", (await Tables.LiveAsync(id))!.CancelReason);
    }

    [Fact]
    public async Task TheReconcilerFindsNothingWhereEveryFireHasItsEnd()
    {
        await AgeAsync(await CreateAsync($"{EveryMinute},\"misfire\":\"skip\""), minutes: 3000);
        await Node.Get<Planner>().RunOnceAsync(Cancel);

        await Node.Get<Reconciler>().RunOnceAsync(Cancel);

        Assert.DoesNotContain(await Tables.FiresAsync(), static fire => fire.Outcome == "missed");
        Assert.InRange(await Tables.NowAsync() - await Tables.ValueAsync<long>("SELECT reconciled_until_ms FROM jobs"), 60_000, 90_000);
    }

    [Fact]
    public async Task TheReconcilerFindsADeletedFireOnceAndAnUnplannedOne()
    {
        var job = await CreateAsync($"{EveryMinute},\"misfire\":\"all\"");
        await AgeAsync(job, minutes: 10);
        await Node.Get<Planner>().RunOnceAsync(Cancel);
        var rows = await Tables.LiveAsync();
        await Tables.ExecuteAsync("DELETE FROM job_live WHERE id = @id", new { id = rows[3].Id });
        await Tables.ExecuteAsync("UPDATE job_live SET nominal_at_ms = nominal_at_ms + 1 WHERE id = @id", new { id = rows[4].Id });
        using var counts = new ScheduleCounts(Node.Meters);

        await Node.Get<Reconciler>().RunOnceAsync(Cancel);
        await Node.Get<Reconciler>().RunOnceAsync(Cancel);
        await Other.Get<Reconciler>().RunOnceAsync(Cancel);

        Assert.Equal((2, 1), (counts.Missed, counts.Extra));
        Assert.Equal([rows[3].NominalAtMs, rows[4].NominalAtMs], (await Tables.FiresAsync()).Where(static fire => fire.Outcome == "missed").Select(static fire => fire.NominalAtMs));
        Assert.Equal(2, await Tables.ValueAsync<long>("SELECT coalesce(sum(missed), 0) FROM job_statistics"));
    }

    [Fact]
    public async Task TheTimesOfAHashAreComparedUnderTheNameThatTheJobHad()
    {
        var job = await CreateAsync("\"schedule\":{\"cron\":\"H * * * * *\",\"timeZone\":\"UTC\"},\"misfire\":\"all\"");
        var first = await NextAsync(job);
        await Tables.ExecuteAsync("UPDATE job_schedules SET from_ms = @from", new { from = first - 1 - (5 * 60_000L) });
        await Tables.ExecuteAsync("UPDATE jobs SET next_nominal_at_ms = @next, reconciled_until_ms = @until", new { next = first - (5 * 60_000L), until = first - 1 - (5 * 60_000L) });
        await Node.Get<Planner>().RunOnceAsync(Cancel);
        using var counts = new ScheduleCounts(Node.Meters);

        await Node.Get<Reconciler>().RunOnceAsync(Cancel);

        Assert.True(await Tables.ValueAsync<long>("SELECT reconciled_until_ms FROM jobs") > first - (5 * 60_000L), "The window must hold fires.");
        Assert.Equal((0, 0), (counts.Missed, counts.Extra));
    }

    [Theory]
    [InlineData("forbid")]
    [InlineData("allow")]
    public async Task ARunTakesTheKeyThatItsJobIsGivenWhileItRuns(string overlapBefore)
    {
        var job = await Tables.AddJobAsync(overlap: overlapBefore);
        var id = await Tables.AddLiveAsync(job, TimeSpan.FromSeconds(-9));
        await Node.ClaimAsync(1, Cancel);

        await Tables.ExecuteAsync("UPDATE jobs SET version = 2, concurrency_key = 'group', overlap = 'forbid', definition = @definition", new { definition = Definition(job.Name, "\"overlap\":\"forbid\"") });
        await CommandAsync(job);
        await Tables.AddLiveAsync(job with { ConcurrencyKey = "group", Overlap = OverlapPolicy.Forbid }, TimeSpan.FromSeconds(-3));

        Assert.Empty(await Other.ClaimAsync(10, Cancel));
        Assert.Equal("group", (await Tables.LiveAsync(id))!.RunningKey);
    }

    [Fact]
    public async Task AJobWithoutFiresIsNotComparedAgainUntilItsScheduleChanges()
    {
        const string Rarely = "\"schedule\":{\"cron\":\"0 0 29 2 *\",\"timeZone\":\"UTC\"}";
        var job = await CreateAsync(Rarely);
        await Tables.ExecuteAsync("UPDATE jobs SET reconciled_until_ms = @until", new { until = await Tables.NowAsync() - 600_000 });
        await Node.Get<Reconciler>().RunOnceAsync(Cancel);
        var compared = await Tables.ValueAsync<long>("SELECT reconciled_until_ms FROM jobs");
        Assert.InRange(await Tables.NowAsync() - compared, 60_000, 90_000);
        Assert.Equal(6 * 3_600_000, await Tables.ValueAsync<long>("SELECT reconcile_at_ms FROM jobs") - compared);

        await ChangeAsync(job, EveryMinute);
        Assert.InRange(await Tables.NowAsync() - await Tables.ValueAsync<long>("SELECT reconcile_at_ms FROM jobs"), 0, 30_000);
        await ChangeAsync(job, "\"description\":\"by hand\"");
        await Tables.ExecuteAsync("UPDATE jobs SET reconciled_until_ms = @until", new { until = await Tables.NowAsync() - 600_000 });
        await Tables.ExecuteAsync("UPDATE job_schedules SET from_ms = from_ms - 900000, until_ms = until_ms - 900000");
        await Node.Get<Reconciler>().RunOnceAsync(Cancel);

        Assert.Equal(long.MaxValue, await Tables.ValueAsync<long>("SELECT reconcile_at_ms FROM jobs"));
    }

    private static string Definition(string name, string members) => $$"""{"name":"{{name}}","command":{"file":"/bin/echo"},{{members}}}""";

    private async Task<EngineJob> CreateAsync(string members)
    {
        var job = await Tables.AddJobAsync(members);
        await CommandAsync(job);
        return job;
    }

    private async Task ChangeAsync(EngineJob job, string members)
    {
        await Tables.ExecuteAsync("UPDATE jobs SET version = version + 1, definition = @definition WHERE id = @id", new { id = job.Id, definition = Definition(job.Name, members) });
        await CommandAsync(job);
    }

    private Task CommandAsync(EngineJob job) => Node.Database.WriteAsync(session => Node.Get<EngineCommands>().ScheduleChangedAsync(session, job.Id), Cancel);

    /// <summary>As if the job had been made so many minutes ago, and nothing had been planned since.</summary>
    private async Task AgeAsync(EngineJob job, int minutes)
    {
        var start = (await Tables.NowAsync() / 60_000 * 60_000) - (minutes * 60_000L);
        await Tables.ExecuteAsync("UPDATE job_schedules SET from_ms = @start WHERE job_id = @id", new { id = job.Id, start });
        await Tables.ExecuteAsync("UPDATE jobs SET next_nominal_at_ms = @next, reconciled_until_ms = @start WHERE id = @id", new { id = job.Id, next = start + 60_000, start });
    }

    private Task<long> NextAsync(EngineJob job) => Tables.ValueAsync<long>("SELECT coalesce(next_nominal_at_ms, 0) FROM jobs WHERE id = @id", new { id = job.Id });
}
