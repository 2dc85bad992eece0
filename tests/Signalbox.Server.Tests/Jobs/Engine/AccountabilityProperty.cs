using FsCheck;
using FsCheck.Fluent;
using Signalbox.Server.Jobs.Engine;
using Signalbox.Server.Jobs.Engine.Catalogue;
using Signalbox.Server.Jobs.Engine.Claims;
using Signalbox.Server.Jobs.Engine.Endings;
using Signalbox.Server.Jobs.Engine.Loops;
using Signalbox.Server.Jobs.Engine.Overlaps;
using Xunit;

namespace Signalbox.Server.Tests.Jobs.Engine;

/// <summary>Whatever two instances do in whatever order, every fire ends exactly once.</summary>
public sealed class AccountabilityProperty
{
    private static readonly string[] Members =
    [
        "\"misfire\":\"all\"",
        "\"misfire\":\"once\",\"misfireGrace\":\"10s\",\"retry\":{\"attempts\":2,\"delay\":\"3s\"}",
        "\"misfire\":\"skip\",\"misfireGrace\":\"5s\"",
        "\"misfire\":\"once\",\"misfireGrace\":\"1s\",\"jitter\":\"4s\"",
    ];

    private static readonly (string Overlap, int Limit)[] Overlaps = [("forbid", 0), ("queue", 2), ("replace", 0), ("allow", 0)];

    private static readonly string[] Ends = ["succeeded", "failed", "timedOut", "cancelled"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void EveryFireEndsExactlyOnce()
    {
        var step = from kind in Gen.Choose(0, 9) from argument in Gen.Choose(0, 99) select (kind, argument);
        Prop.ForAll(Arb.From(Gen.ListOf(step)), static steps => HoldsAsync([.. steps])).Check(Config.QuickThrowOnFailure.WithMaxTest(20).WithEndSize(60));
    }

    private static async Task HoldsAsync(IReadOnlyList<(int Kind, int Argument)> steps)
    {
        await using var engine = new ClockedEngine();
        var run = new Story(engine);
        await run.BeginAsync();
        foreach (var (kind, argument) in steps)
        {
            await run.StepAsync(kind, argument);
        }

        await run.EndAsync();
        await run.CheckAsync();
    }

    /// <summary>One random story.</summary>
    private sealed class Story(ClockedEngine engine)
    {
        private readonly List<EngineJob> _jobs = [];
        private readonly List<(EngineNode Node, ClaimedRun Run)> _claims = [];
        private readonly Dictionary<string, long> _fences = new(StringComparer.Ordinal);
        private readonly EngineNode[] _nodes = [engine.Node, engine.NewNode()];

        public async Task BeginAsync()
        {
            for (var index = 0; index < Members.Length; index++)
            {
                var (overlap, limit) = Overlaps[index];
                _jobs.Add(await engine.Tables.AddJobAsync(MembersOf(index, 5), overlap, limit));
                await CommandAsync(_jobs[index]);
            }

            await engine.Tables.ExecuteAsync("UPDATE jobs SET reconciled_until_ms = @now", new { now = await engine.Tables.NowAsync() });
        }

        public async Task StepAsync(int kind, int argument)
        {
            var node = _nodes[argument % 2];
            switch (kind)
            {
                case 0:
                    engine.Clock.Advance(TimeSpan.FromSeconds(argument % 40));
                    break;
                case 1 or 2:
                    await node.Get<Planner>().RunOnceAsync(Cancel);
                    break;
                case 3 or 4:
                    await ClaimAsync(node, 1 + (argument % 5));
                    break;
                case 5:
                    await node.Get<OverlapResolver>().ResolveAsync(engine.Database, Cancel);
                    break;
                case 6 or 7 when _claims.Count > 0:
                    await EndOneAsync(argument % _claims.Count, argument);
                    break;
                case 8:
                    await node.Get<Recovery>().RunOnceAsync(Cancel);
                    break;
                case 9:
                    await ChangeAsync(argument);
                    break;
                default:
                    engine.Clock.Advance(TimeSpan.FromSeconds(1));
                    break;
            }
        }

        /// <summary>No more fires, and an end for everything that is there.</summary>
        public async Task EndAsync()
        {
            await engine.Tables.ExecuteAsync("UPDATE jobs SET enabled = 0, version = version + 1");
            foreach (var job in _jobs)
            {
                await CommandAsync(job);
            }

            for (var round = 0; (await engine.Tables.LiveAsync()).Count > 0; round++)
            {
                Assert.True(round < 5000, "Something never ends.");
                engine.Clock.Advance(TimeSpan.FromSeconds(31));
                await engine.Node.Get<Recovery>().RunOnceAsync(Cancel);
                await ClaimAsync(engine.Node, 100);
                while (_claims.Count > 0)
                {
                    await EndOneAsync(0, 0);
                }
            }
        }

        public async Task CheckAsync()
        {
            var recorded = (await engine.Tables.HistoryAsync())
                .Where(static row => row.TriggerKind == "schedule" && row.FireOutcome is not null)
                .Select(static row => (row.JobId, row.NominalAtMs))
                .Concat((await engine.Tables.FiresAsync()).Select(static fire => (fire.JobId, fire.NominalAtMs)))
                .Order()
                .ToList();
            Assert.Equal((await PlannedAsync()).Order(), recorded);

            using var counts = new ScheduleCounts(engine.Node.Meters);
            engine.Clock.Advance(TimeSpan.FromMinutes(5));
            await engine.Node.Get<Reconciler>().RunOnceAsync(Cancel);
            Assert.Equal((0, 0), (counts.Missed, counts.Extra));
        }

        private static string MembersOf(int index, int seconds) => $"\"schedule\":{{\"cron\":\"*/{seconds} * * * * *\"}},{Members[index]}";

        private Task CommandAsync(EngineJob job) => engine.Database.WriteAsync(session => engine.Node.Get<EngineCommands>().ScheduleChangedAsync(session, job.Id), Cancel);

        /// <summary>Second by second, with nothing of the schedules' own arithmetic.</summary>
        private async Task<List<(string JobId, long NominalAtMs)>> PlannedAsync()
        {
            var planned = new List<(string, long)>();
            foreach (var job in _jobs)
            {
                foreach (var period in await engine.Database.ReadAsync(session => session.ListAsync<Period>("SELECT from_ms, until_ms, schedule FROM job_schedules WHERE job_id = @id", new { id = job.Id }), Cancel))
                {
                    var every = period.Schedule.Contains("*/7", StringComparison.Ordinal) ? 7 : 5;
                    for (var second = (period.FromMs / 1000) + 1; second * 1000 <= period.UntilMs; second++)
                    {
                        if (second % 60 % every == 0)
                        {
                            planned.Add((job.Id, second * 1000));
                        }
                    }
                }
            }

            return planned;
        }

        private async Task ClaimAsync(EngineNode node, int limit)
        {
            foreach (var run in await node.ClaimAsync(limit, Cancel))
            {
                Assert.True(run.Fence > _fences.GetValueOrDefault(run.JobId), "A fence did not grow.");
                _fences[run.JobId] = run.Fence;
                _claims.Add((node, run));
            }

            Assert.Equal(0, await engine.Tables.ValueAsync<long>(
                "SELECT count(*) FROM (SELECT concurrency_key FROM job_live WHERE state = 'running' AND overlap <> 'allow' GROUP BY concurrency_key HAVING count(*) > 1) AS twice"));
        }

        /// <summary>Ends a claim, which somebody else may have recovered meanwhile.</summary>
        private async Task EndOneAsync(int index, int argument)
        {
            var (node, run) = _claims[index];
            _claims.RemoveAt(index);
            var after = argument % 10 == 9 ? AfterEnd.GiveBack : argument % 10 == 8 && run.Attempt < 3 ? AfterEnd.Retry : AfterEnd.Finish;
            await node.EndAsync([new Ending { Id = run.Id, Fence = run.Fence, State = Ends[argument % Ends.Length], After = after, RetryDelay = TimeSpan.FromSeconds(2) }], Cancel);
        }

        private async Task ChangeAsync(int argument)
        {
            var index = argument % _jobs.Count;
            var job = _jobs[index];
            var (overlap, limit) = Overlaps[index];
            var rest = limit > 0 ? $",\"queueLimit\":{limit}" : string.Empty;
            await engine.Tables.ExecuteAsync(
                "UPDATE jobs SET version = version + 1, enabled = @enabled, definition = @definition WHERE id = @id",
                new
                {
                    id = job.Id,
                    enabled = argument % 3 == 0 ? 0 : 1,
                    definition = $$"""{"name":"{{job.Name}}","command":{"file":"/bin/echo"},"overlap":"{{overlap}}"{{rest}},{{MembersOf(index, argument % 2 == 0 ? 5 : 7)}}}""",
                });
            await CommandAsync(job);
        }
    }

    /// <summary>A row of <c>job_schedules</c>.</summary>
    private sealed record Period
    {
        public required long FromMs { get; init; }

        public required long UntilMs { get; init; }

        public required string Schedule { get; init; }
    }
}
