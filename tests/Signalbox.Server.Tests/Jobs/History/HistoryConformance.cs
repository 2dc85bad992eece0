using Signalbox.Server.Jobs;
using Signalbox.Server.Jobs.Definitions;
using Signalbox.Server.Jobs.History;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Http;
using Signalbox.Server.Tests.Platform.Control.Conformance;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.Server.Tests.Jobs.History;

/// <summary>What the questions about executions answer, whatever holds them.</summary>
public abstract class HistoryConformance : IAsyncLifetime
{
    private readonly SharedDatabases _databases;
    private readonly ControlEngine _engine;
    private ControlUnderTest? _place;
    private ControlDatabase? _database;

    private protected HistoryConformance(SharedDatabases databases, ControlEngine engine)
    {
        _databases = databases;
        _engine = engine;
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ControlDatabase Database => _database!;

    public async ValueTask InitializeAsync()
    {
        _place = await ControlUnderTest.CreateAsync(_databases, _engine, Cancel);
        _database = _place.Open(_place.Options, [new JobsMigrations()]);
    }

    public async ValueTask DisposeAsync()
    {
        if (_place is not null)
        {
            await _place.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task ListsWhatGoesOnBeforeWhatEndedNewestFirstInPages()
    {
        await HistorySeed.JobAsync(Database, "j", Cancel);
        await HistorySeed.LiveAsync(Database, "l1", "j", "running", HistorySeed.Day, Cancel);
        await HistorySeed.LiveAsync(Database, "l2", "j", "scheduled", HistorySeed.Day + 10, Cancel);
        await HistorySeed.LiveAsync(Database, "l3", "j", "scheduled", HistorySeed.Day + 10, Cancel);
        for (var index = 0; index < 5; index++)
        {
            // Two of them ended in the same millisecond.
            await HistorySeed.EndedAsync(Database, new EndedSeed($"e{index}", "j", HistorySeed.Day - 100 + (index / 2)), Cancel);
        }

        foreach (var limit in new[] { 1, 2, 3, 100 })
        {
            Assert.Equal(["l3", "l2", "l1", "e4", "e3", "e2", "e1", "e0"], await IdsAsync(Filter(), limit));
        }

        var execution = await new ExecutionQuery(Database, new DefinitionCache()).FindAsync("default", "l1", Cancel);
        Assert.Equal(("running", 3, "box-1"), (execution!.State, execution.Attempts, execution.Instance));
        Assert.NotNull(execution.LeaseUntil);
    }

    [Fact]
    public async Task FiltersByEverythingThatIsAskedFor()
    {
        await HistorySeed.JobAsync(Database, "j", Cancel);
        await HistorySeed.JobAsync(Database, "k", Cancel);
        await HistorySeed.LiveAsync(Database, "live", "k", "running", HistorySeed.Day, Cancel);
        await HistorySeed.EndedAsync(Database, new EndedSeed("a", "j", HistorySeed.Day + 1), Cancel);
        await HistorySeed.EndedAsync(Database, new EndedSeed("b", "j", HistorySeed.Day + 2) { State = "failed", Owner = "box-2" }, Cancel);
        await HistorySeed.EndedAsync(Database, new EndedSeed("c", "k", HistorySeed.Day + 3) { State = "timedOut", Trigger = "manual", FireOutcome = null }, Cancel);

        Assert.Equal(["b", "a"], await IdsAsync(Filter(task: "j")));
        Assert.Equal(["live", "c"], await IdsAsync(Filter(task: "k")));
        Assert.Equal(["b"], await IdsAsync(Filter(states: "failed")));
        Assert.Equal(["c", "b"], await IdsAsync(Filter(states: "failed,timedOut")));
        Assert.Equal(["live", "b"], await IdsAsync(Filter(states: "running,failed")));
        Assert.Equal(["b"], await IdsAsync(Filter(instance: "box-2")));
        Assert.Equal(["c"], await IdsAsync(Filter(trigger: "manual")));
        Assert.Equal(["live", "a"], await IdsAsync(Filter(from: 0, to: 2)));
        Assert.Equal(["b"], await IdsAsync(Filter(task: "j", states: "failed", instance: "box-2", trigger: "schedule", from: 1, to: 3)));
        Assert.Empty(await IdsAsync(Filter(task: "j", states: "running")));
    }

    [Fact]
    public async Task AnotherTenantSeesNothing()
    {
        await HistorySeed.JobAsync(Database, "j", Cancel);
        await HistorySeed.LiveAsync(Database, "live", "j", "running", HistorySeed.Day, Cancel);
        await HistorySeed.EndedAsync(Database, new EndedSeed("a", "j", HistorySeed.Day + 1), Cancel);
        await HistorySeed.FireAsync(Database, "j", HistorySeed.Day, "missed", null, Cancel);
        await HistorySeed.StatisticsAsync(Database, "j", "hour", HistorySeed.Day, [1], 1, Cancel);
        var executions = new ExecutionQuery(Database, new DefinitionCache());

        Assert.Empty(Value(await executions.ListAsync("blue", Filter(), 10, null, Cancel)).Items);
        Assert.Empty(Value(await executions.ListAsync("blue", Filter(task: "j"), 10, null, Cancel)).Items);
        Assert.Null(await executions.FindAsync("blue", "live", Cancel));
        Assert.Null(await executions.FindAsync("blue", "a", Cancel));
        Assert.Null(await new OutputQuery(Database).RunAsync("blue", "a", -1, 10, Cancel));
        Assert.Empty(Value(await new TimelineQuery(Database, TimeProvider.System).RunAsync("blue", "j", At(-1), At(1), null, Cancel)).Lanes);
        Assert.Equal(0, Value(await Statistics("blue", "j", "none")).Items[0].Runs);
        Assert.Empty(Value(await Statistics("blue", null, "task")).Items);
    }

    [Fact]
    public async Task AddsUpHoursAndDaysAndSaysWhatItCovers()
    {
        await HistorySeed.StatisticsAsync(Database, "j", "day", HistorySeed.Day - (24 * HistorySeed.Hour), [100, 100], 1, Cancel);
        await HistorySeed.StatisticsAsync(Database, "j", "hour", HistorySeed.Day, [1, 2, 4, 1000], 1, Cancel);
        await HistorySeed.StatisticsAsync(Database, "k", "hour", HistorySeed.Day + HistorySeed.Hour, [8], 0, Cancel);

        var all = Value(await Statistics("default", null, "none"));
        Assert.Equal((At(-24 * HistorySeed.Hour), At(2 * HistorySeed.Hour)), (all.From, all.To));
        var sum = Assert.Single(all.Items);
        Assert.Equal((9, 7, 2, 3, 6, 9, 12), (sum.Runs, sum.Succeeded, sum.Failed, sum.Late, sum.Coalesced, sum.Skipped, sum.Missed));
        Assert.Equal(Math.Round(7.0 / 9, 6), sum.SuccessRate);
        Assert.Equal((1000, Math.Round(1215.0 / 7, 3)), (sum.MaxMs, sum.MeanMs));
        Assert.InRange(sum.P50Ms!.Value, 4, 16);
        Assert.InRange(sum.P99Ms!.Value, 512, 1000);
        Assert.Equal(new CauseCount("exit code 2", 2), Assert.Single(sum.Causes, static cause => cause.Count > 0));

        var byTask = Value(await Statistics("default", null, "task"));
        Assert.Equal(["j", "k"], byTask.Items.Select(static item => item.TaskId));
        Assert.Equal([6L, 1L], byTask.Items.Select(static item => item.Succeeded));
        var byDay = Value(await Statistics("default", "j", "day"));
        Assert.Equal([At(-24 * HistorySeed.Hour), At(0)], byDay.Items.Select(static item => item.Start!.Value));
        var byHour = Value(await Statistics("default", null, "hour"));
        Assert.Equal([At(-24 * HistorySeed.Hour), At(0), At(HistorySeed.Hour)], byHour.Items.Select(static item => item.Start!.Value));
    }

    [Fact]
    public async Task NothingAddsUpToNothing()
    {
        var sum = Assert.Single(Value(await Statistics("default", null, "none")).Items);

        Assert.Equal((0, null, null, null), (sum.Runs, sum.SuccessRate, sum.P50Ms, sum.MaxMs));
    }

    [Fact]
    public async Task TellsOfEveryFireWhatBecameOfIt()
    {
        await HistorySeed.JobAsync(Database, "j", Cancel);
        await HistorySeed.EndedAsync(Database, new EndedSeed("a", "j", HistorySeed.Day + 2000), Cancel);
        await HistorySeed.EndedAsync(Database, new EndedSeed("b", "j", HistorySeed.Day + 3000) { FireOutcome = "late" }, Cancel);
        await HistorySeed.EndedAsync(Database, new EndedSeed("c", "j", HistorySeed.Day + 4000) { FireOutcome = null, State = "cancelled" }, Cancel);
        await HistorySeed.FireAsync(Database, "j", HistorySeed.Day + 3000, "skipped", "requested", Cancel);
        await HistorySeed.FireAsync(Database, "j", HistorySeed.Day + 4000, "missed", null, Cancel);
        await HistorySeed.FireAsync(Database, "j", HistorySeed.Day + 5000, "skipped", "overlap", Cancel);
        await HistorySeed.LiveAsync(Database, "d", "j", "scheduled", HistorySeed.Day + 6000, Cancel);
        var fires = new FireQuery(Database);

        var seen = new List<string>();
        string? next = null;
        do
        {
            var page = Value(await fires.RunAsync("default", "j", new FireWindow(null, null, [], 4, next), Cancel));
            seen.AddRange(page.Items.Select(static fire => $"{fire.Outcome} {fire.Reason} {fire.ExecutionId}"));
            next = page.Next;
        }
        while (next is not null);

        Assert.Equal(["pending  d", "skipped overlap ", "missed  ", "skipped requested ", "late  b", "ran  a"], seen);
        Assert.Equal(2, Value(await fires.RunAsync("default", "j", new FireWindow(null, null, ["skipped"], 10, null), Cancel)).Items.Count);
        Assert.All(
            Value(await fires.RunAsync("default", "j", new FireWindow(null, null, ["skipped", "ran"], 10, null), Cancel)).Items, static fire => Assert.True(fire.Outcome is "skipped" or "ran", fire.Outcome));
        Assert.Equal(2, Value(await fires.RunAsync("default", "j", new FireWindow(At(2000), At(4000), [], 10, null), Cancel)).Items.Count);
        Assert.IsType<Outcome<FireList>.Refused>(await fires.RunAsync("blue", "j", new FireWindow(null, null, [], 10, null), Cancel));
    }

    [Fact]
    public async Task DrawsRunsThatReachIntoThePeriodAndFiresWithoutRuns()
    {
        await HistorySeed.JobAsync(Database, "j", Cancel);
        await HistorySeed.EndedAsync(Database, new EndedSeed("before", "j", HistorySeed.Day - 10_000), Cancel);
        await HistorySeed.EndedAsync(Database, new EndedSeed("within", "j", HistorySeed.Day + 1000), Cancel);
        await HistorySeed.EndedAsync(Database, new EndedSeed("across", "j", HistorySeed.Day + 10_200), Cancel);
        await HistorySeed.LiveAsync(Database, "running", "j", "running", HistorySeed.Day + 5000, Cancel);
        await HistorySeed.FireAsync(Database, "j", HistorySeed.Day + 1, "missed", null, Cancel);

        var timeline = Value(await new TimelineQuery(Database, TimeProvider.System).RunAsync("default", null, At(0), At(10_000), null, Cancel));

        var lane = Assert.Single(timeline.Lanes);
        Assert.Equal(["within", "running", "across"], lane.Runs.Select(static run => (string?)run[3]));
        Assert.Null(lane.Runs[1][1]);
        Assert.Equal("missed", (string?)Assert.Single(lane.Fires)[1]);
        Assert.False(timeline.Truncated);
        Assert.True(Value(await new TimelineQuery(Database, TimeProvider.System).RunAsync("default", null, At(0), At(10_000), 2, Cancel)).Truncated);
    }

    [Fact]
    public async Task ShowsJobsWithTheirLastRuns()
    {
        await HistorySeed.JobAsync(Database, "j", Cancel, "beta");
        await HistorySeed.JobAsync(Database, "k", Cancel, "Alpha");
        for (var index = 0; index < 35; index++)
        {
            await HistorySeed.EndedAsync(Database, new EndedSeed($"e{index:00}", "j", HistorySeed.Day + index) { State = index == 34 ? "failed" : "succeeded" }, Cancel);
        }

        await HistorySeed.LiveAsync(Database, "run", "j", "running", HistorySeed.Day, Cancel);
        await HistorySeed.LiveAsync(Database, "wait", "j", "scheduled", HistorySeed.Day, Cancel);
        var query = new TaskQuery(Database, new DefinitionCache());
        var actor = new JobActor(Server.Platform.Audit.AuditActor.System, "default", SeesSecrets: true);

        var tasks = Value(await query.ListAsync(actor, new TaskFilter(null, null, [], null, null), 10, null, Cancel)).Items;

        var beta = Assert.Single(tasks, static task => task.Name == "beta");
        Assert.Equal((1, 1, "failed"), (beta.Running, beta.Waiting, beta.LastExecution!.State));
        Assert.Equal((30, "e05", "e34"), (beta.Recent.Count, beta.Recent[0].Id, beta.Recent[^1].Id));
        Assert.Equal(["beta"], Value(await query.ListAsync(actor, new TaskFilter("ET", null, ["failed", "lost"], null, null), 10, null, Cancel)).Items.Select(static task => task.Name));
        Assert.Empty(Value(await query.ListAsync(actor, new TaskFilter(null, null, ["succeeded"], null, null), 10, null, Cancel)).Items);
    }

    private Task<Outcome<StatisticsAnswer>> Statistics(string tenant, string? task, string by) =>
        new StatisticsQuery(Database, TimeProvider.System).RunAsync(tenant, task, At((-24 * HistorySeed.Hour) + (by == "day" ? 0 : 1)), At(2 * HistorySeed.Hour), by, Cancel);

    private async Task<List<string>> IdsAsync(ExecutionFilter filter, int limit = 10)
    {
        var ids = new List<string>();
        string? next = null;
        do
        {
            var page = Value(await new ExecutionQuery(Database, new DefinitionCache()).ListAsync("default", filter, limit, next, Cancel));
            ids.AddRange(page.Items.Select(static execution => execution.Id));
            next = page.Next;
        }
        while (next is not null);
        return ids;
    }

    private static ExecutionFilter Filter(string? task = null, string? states = null, string? instance = null, string? trigger = null, long? from = null, long? to = null) =>
        Value(ExecutionFilter.Of(task, states, instance, trigger, from is null ? null : At(from.Value), to is null ? null : At(to.Value)));

    private static DateTimeOffset At(long offsetMs) => DateTimeOffset.FromUnixTimeMilliseconds(HistorySeed.Day + offsetMs);

    private static T Value<T>(Outcome<T> outcome) => outcome is Outcome<T>.Done { Value: var value } ? value : throw new InvalidOperationException(outcome.ToString());
}
