using Signalbox.Server.Jobs.Engine.Loops;
using Signalbox.Server.Platform.Control;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.Server.Tests.Jobs.Engine.Conformance;

/// <summary>What is deleted, and added up, on every database.</summary>
public abstract class RetireConformance : EngineConformance
{
    private const long DayMs = 86_400_000;

    private protected RetireConformance(SharedDatabases databases, ControlEngine engine)
        : base(databases, engine)
    {
    }

    [Fact]
    public async Task DeletesWhatIsOlderThanItIsKeptWithAllThatBelongsToIt()
    {
        var job = await Tables.AddJobAsync(overlap: "allow");
        for (var index = 0; index < 3; index++)
        {
            await Tables.AddLiveAsync(job);
        }

        foreach (var run in await Node.ClaimAsync(10, Cancel))
        {
            await Node.EndAsync(run, "succeeded", Cancel);
            await Tables.ExecuteAsync("INSERT INTO job_output (execution_id, seq, stream, at_ms, text) VALUES (@id, 1, 'out', 0, 'line')", new { id = run.Id });
        }

        var past = await Tables.HistoryAsync();
        await Tables.ExecuteAsync("UPDATE job_history SET finished_at_ms = 1 WHERE id <> @id", new { id = past[0].Id });
        await Tables.ExecuteAsync("INSERT INTO job_fires (job_id, nominal_at_ms, tenant, outcome, count, recorded_at_ms) VALUES ('j', 1, 't', 'skipped', 1, 1)");
        await Tables.ExecuteAsync("INSERT INTO job_schedules (job_id, version, job_name, schedule, from_ms, until_ms) VALUES ('j', 1, 'j', '{}', 1, 2)");
        await Tables.ExecuteAsync("INSERT INTO job_causes (job_id, hour_ms, cause, tenant, count) VALUES ('j', 0, 'c', 't', 1)");

        await Node.Get<Retention>().RunOnceAsync(Cancel);

        Assert.Equal(past[0].Id, Assert.Single(await Tables.HistoryAsync()).Id);
        Assert.Equal(past[0].Id, await Tables.ValueAsync<string>("SELECT max(execution_id) FROM job_output"));
        foreach (var (table, count) in new[] { ("job_output", 1), ("job_fires", 0), ("job_schedules", 0), ("job_causes", 0) })
        {
            Assert.Equal(count, await Tables.ValueAsync<long>($"SELECT count(*) FROM {table}"));
        }
    }

    [Fact]
    public async Task AddsOldHoursUpToDaysOnceWhoeverDoesIt()
    {
        var job = await Tables.AddJobAsync(overlap: "allow");
        await Tables.AddLiveAsync(job);
        await Node.EndAsync(Assert.Single(await Node.ClaimAsync(1, Cancel)), "succeeded", Cancel);
        var day = ((await Tables.NowAsync()) / DayMs * DayMs) - (10 * DayMs);
        var recent = await Tables.ValueAsync<long>("SELECT start_ms FROM job_statistics");
        var columns = string.Join(", ", Signalbox.Server.Jobs.Engine.Accounts.StatisticsColumns.Summed);
        foreach (var hour in new[] { 1, 2, 23 })
        {
            await Tables.ExecuteAsync(
                $"INSERT INTO job_statistics (job_id, span, start_ms, tenant, max_ms, {columns}) SELECT job_id, 'hour', @start, tenant, @hour, {columns} FROM job_statistics WHERE start_ms = @recent",
                new { start = day + (hour * 3_600_000L), hour, recent });
        }

        await Task.WhenAll(Node.Get<Retention>().RunOnceAsync(Cancel), Other.Get<Retention>().RunOnceAsync(Cancel));

        Assert.Equal((3, 23), (await DayAsync("succeeded"), await DayAsync("max_ms")));
        Assert.Equal(2, await Tables.ValueAsync<long>("SELECT count(*) FROM job_statistics"));
        Assert.Equal(day, await DayAsync("start_ms"));
    }

    private Task<long> DayAsync(string column) => Tables.ValueAsync<long>($"SELECT {column} FROM job_statistics WHERE span = 'day'");
}
