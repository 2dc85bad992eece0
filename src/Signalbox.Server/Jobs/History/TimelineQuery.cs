using System.Text.Json.Nodes;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Jobs.History;

/// <summary>Answers what ran when, in a form small enough for thousands of runs.</summary>
internal sealed class TimelineQuery(ControlDatabase database, TimeProvider clock)
{
    public const int LargestLimit = 10_000;
    private const int DefaultLimit = 5000;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(93);
    private static readonly TimeSpan Usual = TimeSpan.FromDays(1);

    /// <summary>How far behind the period's end is looked for runs that began before it.</summary>
    private static readonly TimeSpan LookAhead = TimeSpan.FromDays(1);

    /// <param name="from">Null for a day before the end.</param>
    /// <param name="to">Null for now.</param>
    public async Task<Outcome<Timeline>> RunAsync(string tenant, string? taskId, DateTimeOffset? from, DateTimeOffset? to, int? limit, CancellationToken cancellationToken)
    {
        var period = AskedPeriod.Of(from, to, clock.GetUtcNow(), Usual, Longest);
        if (period is Outcome<AskedPeriod>.Refused { Refusal: var refusal })
        {
            return refusal;
        }

        var (begin, end) = ((Outcome<AskedPeriod>.Done)period).Value;
        var most = Math.Clamp(limit ?? DefaultLimit, 1, LargestLimit);
        var window = new TimelineWindow(tenant, taskId, begin.ToUnixTimeMilliseconds(), end.ToUnixTimeMilliseconds(), (end + LookAhead).ToUnixTimeMilliseconds(), most + 1);
        var (runs, fires) = await database.ReadAsync(session => ReadAsync(session, window), cancellationToken);
        return Draw(runs, fires, most);
    }

    private static async Task<(List<TimelineRun> Runs, IReadOnlyList<TimelineFire> Fires)> ReadAsync(ControlSession session, TimelineWindow window)
    {
        var which = window.TaskId is null ? "tenant = @Tenant" : "job_id = @TaskId AND coalesce(tenant, '') = @Tenant";
        const string Columns = "id, job_id, job_name, state, started_at_ms";
        var runs = new List<TimelineRun>();
        runs.AddRange(await session.ListAsync<TimelineRun>(
            $"SELECT {Columns} FROM job_live WHERE {which} AND state = 'running' AND started_at_ms < @ToMs ORDER BY started_at_ms DESC LIMIT @Limit", window));
        runs.AddRange(await session.ListAsync<TimelineRun>(
            $"SELECT {Columns}, finished_at_ms FROM job_history WHERE {which} AND finished_at_ms > @ToMs AND finished_at_ms <= @LaterMs AND started_at_ms < @ToMs ORDER BY finished_at_ms LIMIT @Limit", window));
        runs.AddRange(await session.ListAsync<TimelineRun>(
            $"SELECT {Columns}, finished_at_ms FROM job_history WHERE {which} AND finished_at_ms >= @FromMs AND finished_at_ms <= @ToMs ORDER BY finished_at_ms DESC LIMIT @Limit", window));
        var fires = await session.ListAsync<TimelineFire>(
            $"""
            SELECT job_id, nominal_at_ms, outcome, reason, (SELECT name FROM jobs WHERE jobs.id = job_fires.job_id) AS job_name FROM job_fires
            WHERE {which} AND nominal_at_ms >= @FromMs AND nominal_at_ms < @ToMs ORDER BY nominal_at_ms DESC LIMIT @Limit
            """,
            window);
        return (runs, fires);
    }

    private static Timeline Draw(List<TimelineRun> runs, IReadOnlyList<TimelineFire> fires, int most)
    {
        var lanes = new Dictionary<string, TimelineLane>(StringComparer.Ordinal);
        var started = runs.Where(static run => run.StartedAtMs is not null).ToList();
        foreach (var run in started.Take(most).OrderBy(static run => run.StartedAtMs))
        {
            ((List<JsonArray>)LaneOf(lanes, run.JobId, run.JobName).Runs).Add(new JsonArray(JsonValue.Create(run.StartedAtMs!.Value), run.FinishedAtMs is { } end ? JsonValue.Create(end) : null, JsonValue.Create(run.State), JsonValue.Create(run.Id)));
        }

        foreach (var fire in fires.Take(most).OrderBy(static fire => fire.NominalAtMs))
        {
            // A job that was deleted has its fires no longer told by name.
            if (fire.JobName is { } name)
            {
                ((List<JsonArray>)LaneOf(lanes, fire.JobId, name).Fires).Add(new JsonArray(JsonValue.Create(fire.NominalAtMs), JsonValue.Create(fire.Outcome), fire.Reason is null ? null : JsonValue.Create(fire.Reason)));
            }
        }

        return new Timeline([.. lanes.Values.OrderBy(static lane => lane.Name, StringComparer.Ordinal).ThenBy(static lane => lane.TaskId, StringComparer.Ordinal)], started.Count > most || fires.Count > most);
    }

    /// <summary>A job that was renamed has one lane, under the name it had last.</summary>
    private static TimelineLane LaneOf(Dictionary<string, TimelineLane> lanes, string id, string name)
    {
        var lane = lanes.TryGetValue(id, out var known) ? known with { Name = name } : new TimelineLane(id, name, new List<JsonArray>(), new List<JsonArray>());
        return lanes[id] = lane;
    }
}

/// <summary>The bounds of a timeline, as its statements take them.</summary>
internal sealed record TimelineWindow(string Tenant, string? TaskId, long FromMs, long ToMs, long LaterMs, int Limit);

/// <summary>One run as read for a timeline.</summary>
internal sealed record TimelineRun
{
    public required string Id { get; init; }

    public required string JobId { get; init; }

    public required string JobName { get; init; }

    public required string State { get; init; }

    public long? StartedAtMs { get; init; }

    public long? FinishedAtMs { get; init; }
}

/// <summary>One fire without a run as read for a timeline.</summary>
internal sealed record TimelineFire
{
    public required string JobId { get; init; }

    public string? JobName { get; init; }

    public required long NominalAtMs { get; init; }

    public required string Outcome { get; init; }

    public string? Reason { get; init; }
}
