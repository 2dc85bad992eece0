using Signalbox.Server.Jobs.Engine.Claims;
using Signalbox.Server.Jobs.Engine.Endings;
using Signalbox.Server.Platform.Control;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.Server.Tests.Jobs.Engine.Conformance;

/// <summary>What claims and leases promise on every database.</summary>
public abstract class ClaimConformance : EngineConformance
{
    private protected ClaimConformance(SharedDatabases databases, ControlEngine engine)
        : base(databases, engine)
    {
    }

    [Fact]
    public async Task TakesWhatIsDueAndNothingElse()
    {
        var job = await Tables.AddJobAsync();
        var due = await Tables.AddLiveAsync(job);
        await Tables.AddLiveAsync(await Tables.AddJobAsync(), dueIn: TimeSpan.FromMinutes(1));

        var claimed = Assert.Single(await Node.ClaimAsync(10, Cancel));

        Assert.Equal((due, job.Id, 1, "schedule"), (claimed.Id, claimed.JobId, claimed.Attempt, claimed.TriggerKind));
        Assert.Equal(32, claimed.TraceId.Length);
        var row = await Tables.LiveAsync(due);
        Assert.Equal(("running", Node.Id, claimed.Fence, job.Id), (row!.State, row.Owner, row.Fence, row.RunningKey));
        Assert.Empty(await Node.ClaimAsync(10, Cancel));
    }

    [Fact]
    public async Task TakesTheHighestPriorityFirstThenTheLongestDue()
    {
        var jobs = new List<string>();
        foreach (var (priority, dueIn) in new[] { (0, -1), (5, -1), (0, -9), (5, -9), (-5, -99) })
        {
            jobs.Add(await Tables.AddLiveAsync(await Tables.AddJobAsync(priority: priority), TimeSpan.FromSeconds(dueIn)));
        }

        var order = new List<string>();
        for (var index = 0; index < jobs.Count; index++)
        {
            order.Add(Assert.Single(await Node.ClaimAsync(1, Cancel)).Id);
        }

        Assert.Equal([jobs[3], jobs[1], jobs[2], jobs[0], jobs[4]], order);
    }

    [Fact]
    public async Task NeverGivesOneExecutionToTwoInstances()
    {
        var job = await Tables.AddJobAsync(overlap: "allow");
        for (var index = 0; index < 200; index++)
        {
            await Tables.AddLiveAsync(job);
        }

        var claims = await Task.WhenAll(Enumerable.Range(0, 40).Select(index => Task.Run(() => (index % 2 == 0 ? Node : Other).ClaimAsync(7, Cancel))));

        var all = claims.SelectMany(static claim => claim).ToList();
        Assert.Equal(all.Count, all.Select(static run => run.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(all.Count, all.Select(static run => run.Fence).Distinct().Count());
        Assert.Equal(200, all.Count);
    }

    [Fact]
    public async Task NeverLetsTwoOfOneConcurrencyKeyRun()
    {
        var one = await Tables.AddJobAsync(overlap: "queue", queueLimit: 50, key: "default/group");
        var two = await Tables.AddJobAsync(overlap: "queue", queueLimit: 50, key: "default/group");
        for (var index = 0; index < 20; index++)
        {
            await Tables.AddLiveAsync(index % 2 == 0 ? one : two);
        }

        var fences = new List<long>();
        for (var ran = 0; ran < 20; ran++)
        {
            var claims = await Task.WhenAll(Enumerable.Range(0, 6).Select(index => Task.Run(() => TryClaimAsync(index % 2 == 0 ? Node : Other))));
            var run = Assert.Single(claims.SelectMany(static claim => claim));
            fences.Add(run.Fence);
            await Node.EndAsync(run, "succeeded", Cancel);
        }

        Assert.Equal(fences.Order(), fences);
        Assert.Equal(20, fences.Distinct().Count());
        Assert.Empty(await Tables.LiveAsync());
    }

    [Fact]
    public async Task LetsExecutionsThatAllowOverlapRunBesideEachOther()
    {
        var job = await Tables.AddJobAsync(overlap: "allow");
        await Tables.AddLiveAsync(job);
        await Tables.AddLiveAsync(job);
        var forbids = await Tables.AddJobAsync();
        await Tables.AddLiveAsync(forbids);
        await Tables.AddLiveAsync(forbids);

        var claimed = await Node.ClaimAsync(10, Cancel);

        Assert.Equal([2, 1], claimed.GroupBy(static run => run.JobId).OrderBy(static group => group.Key).Select(static group => group.Count()));
    }

    [Fact]
    public async Task RunsWithTheDefinitionInForceWhenItIsClaimed()
    {
        var job = await Tables.AddJobAsync();
        await Tables.AddLiveAsync(job);
        await Tables.ExecuteAsync("UPDATE jobs SET version = 7 WHERE id = @id", new { id = job.Id });

        Assert.Equal(7, Assert.Single(await Node.ClaimAsync(10, Cancel)).JobVersion);
    }

    [Fact]
    public async Task FencesGrowFromAttemptToAttemptWhoeverClaims()
    {
        var id = await Tables.AddLiveAsync(await Tables.AddJobAsync());
        var fences = new List<long>();
        for (var attempt = 1; attempt <= 5; attempt++)
        {
            var run = Assert.Single(await (attempt % 2 == 0 ? Node : Other).ClaimAsync(10, Cancel));
            Assert.Equal((id, attempt), (run.Id, run.Attempt));
            fences.Add(run.Fence);
            await Node.EndAsync([new Ending { Id = id, Fence = run.Fence, State = "failed", After = AfterEnd.Retry }], Cancel);
        }

        Assert.Equal(fences.Order(), fences);
        Assert.Equal(5, fences.Distinct().Count());
    }

    [Fact]
    public async Task RenewsOnlyTheLeasesThatAreStillItsOwn()
    {
        for (var index = 0; index < 4; index++)
        {
            await Tables.AddLiveAsync(await Tables.AddJobAsync());
        }

        var runs = await Node.ClaimAsync(10, Cancel);
        await Node.EndAsync(runs[0], "succeeded", Cancel);
        await Tables.ExecuteAsync("UPDATE job_live SET fence = fence + 1 WHERE id = @id", new { id = runs[1].Id });
        await Tables.ExecuteAsync("UPDATE job_live SET owner = 'somebody else' WHERE id = @id", new { id = runs[2].Id });
        await Tables.ExecuteAsync("UPDATE job_live SET lease_until_ms = 1, cancel_reason = 'why', cancel_requested_at_ms = 1");

        var held = await Node.Database.RunAsync(session => LeaseStore.RenewAsync(session, Node.Id, TimeSpan.FromSeconds(30), runs.Select(static run => new LeaseKey { Id = run.Id, Fence = run.Fence })), Cancel);

        Assert.Equal((runs[3].Id, runs[3].Fence, "why"), held.Select(static lease => (lease.Id, lease.Fence, lease.CancelReason)).Single());
        Assert.Equal(1, await Tables.ValueAsync<long>("SELECT count(*) FROM job_live WHERE lease_until_ms > @soon", new { soon = await Tables.NowAsync() + 20_000 }));
        Assert.Equal([runs[1].Id, runs[3].Id], (await Node.Database.ReadAsync(session => LeaseStore.CancelRequestsAsync(session, Node.Id), Cancel)).Select(static lease => lease.Id).Order(StringComparer.Ordinal));
    }

    /// <summary>As the dispatcher does: another instance's claim of the same key at the same moment is no failure.</summary>
    private static async Task<IReadOnlyList<ClaimedRun>> TryClaimAsync(EngineNode node)
    {
        try
        {
            return await node.ClaimAsync(5, Cancel);
        }
        catch (Exception exception) when (node.Database.Dialect.IsUniqueViolation(exception) || node.Database.Dialect.IsTransient(exception))
        {
            return [];
        }
    }
}
