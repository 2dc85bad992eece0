using System.Globalization;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Jobs.History;

/// <summary>Reads executions, those that have not ended and those that have; every statement names the tenant.</summary>
/// <remarks>
/// <c>coalesce(tenant, '')</c> keeps a planner without statistics from walking a tenant's whole history when the job or the execution is named.
/// Stacks are long and left out of lists.
/// </remarks>
internal static class ExecutionStore
{
    private const string Common = "id, job_id, job_name, job_version, trigger_kind, nominal_at_ms, due_at_ms, state, attempt, fence, owner, started_at_ms, cancel_reason, trace_id, requested_by";
    private const string LiveColumns = Common + ", lease_until_ms, changed_at_ms";
    private const string EndedColumns = Common + ", fire_outcome, finished_at_ms, exit_code, error_type, error_message, output_bytes, output_cut";

    public static async Task<ExecutionRow?> FindAsync(ControlSession session, string tenant, string id) =>
        await session.FindAsync<ExecutionRow>($"SELECT {LiveColumns} FROM job_live WHERE id = @id AND coalesce(tenant, '') = @tenant", new { id, tenant })
        ?? await session.FindAsync<ExecutionRow>($"SELECT {EndedColumns}, error_stack FROM job_history WHERE id = @id AND coalesce(tenant, '') = @tenant", new { id, tenant });

    /// <summary>One page, newest first.</summary>
    public static async Task<IReadOnlyList<ExecutionRow>> ListAsync(ControlSession session, string tenant, ExecutionFilter filter, ExecutionCursor? after, int limit)
    {
        var rows = new List<ExecutionRow>();
        if (after is not { Live: false } && filter.Live.Count > 0)
        {
            rows.AddRange(await ListLiveAsync(session, tenant, filter, after, limit));
        }

        if (rows.Count < limit && filter.AsksForEnded)
        {
            rows.AddRange(await ListEndedAsync(session, tenant, filter, after is { Live: false } ? after : null, limit - rows.Count));
        }

        return rows;
    }

    /// <summary>Everything of a tenant that has not ended and was written since.</summary>
    public static Task<IReadOnlyList<ExecutionRow>> ListChangedAsync(ControlSession session, string tenant, long sinceMs, int limit) => session.ListAsync<ExecutionRow>(
        $"SELECT {LiveColumns} FROM job_live WHERE tenant = @tenant AND changed_at_ms >= @sinceMs ORDER BY changed_at_ms, id LIMIT @limit", new { tenant, sinceMs, limit });

    public static Task<IReadOnlyList<ExecutionRow>> ListEndedSinceAsync(ControlSession session, string tenant, long sinceMs, int limit) => session.ListAsync<ExecutionRow>(
        $"SELECT {EndedColumns} FROM job_history WHERE tenant = @tenant AND finished_at_ms >= @sinceMs ORDER BY finished_at_ms, id LIMIT @limit", new { tenant, sinceMs, limit });

    public static Task<IReadOnlyList<AttemptRow>> ListAttemptsAsync(ControlSession session, string id) => session.ListAsync<AttemptRow>(
        "SELECT attempt, fence, owner, started_at_ms, finished_at_ms, state, exit_code, error_type, error_message, error_stack FROM job_attempts WHERE execution_id = @id ORDER BY attempt",
        new { id });

    /// <summary>The last executions that ended of each of some jobs, newest first within a job.</summary>
    public static async Task<ILookup<string, ExecutionRow>> ListRecentAsync(ControlSession session, IReadOnlyList<string> jobIds, int each)
    {
        var rows = new List<ExecutionRow>();
        foreach (var chunk in jobIds.Chunk(MostInOneStatement))
        {
            // One index walk of 30 steps a job; a window function would read the whole history of each.
            var parts = chunk.Select(static (_, index) =>
                $"SELECT * FROM (SELECT {EndedColumns} FROM job_history WHERE job_id = @j{index} ORDER BY finished_at_ms DESC, id DESC LIMIT @each) AS r{index}");
            var parameters = new Dictionary<string, object>(StringComparer.Ordinal) { ["each"] = each };
            for (var index = 0; index < chunk.Length; index++)
            {
                parameters[$"j{index}"] = chunk[index];
            }

            rows.AddRange(await session.ListAsync<ExecutionRow>(string.Join(" UNION ALL ", parts), parameters));
        }

        return rows.ToLookup(static row => row.JobId, StringComparer.Ordinal);
    }

    public static async Task<IReadOnlyList<LiveCount>> CountLiveAsync(ControlSession session, IReadOnlyList<string> jobIds)
    {
        // Fires are planned a little ahead of their time; until then they are to come rather than waiting.
        var now = (await session.NowMsAsync()).ToString(CultureInfo.InvariantCulture);
        var coming = $"WHEN state = 'scheduled' AND trigger_kind = 'schedule' AND attempt = 0 AND nominal_at_ms > {now}";
        return await session.ListAsync<LiveCount>(
            $"""
            SELECT job_id, state, count(*) AS count, count(CASE {coming} THEN 1 END) AS coming, min(CASE {coming} THEN nominal_at_ms END) AS coming_at_ms
            FROM job_live WHERE job_id IN {IdList.In(session)} GROUP BY job_id, state
            """,
            IdList.Of(jobIds));
    }

    public static Task<long> CountWaitingByHandAsync(ControlSession session, string jobId) =>
        session.ValueAsync<long>("SELECT count(*) FROM job_live WHERE job_id = @jobId AND state = 'scheduled' AND trigger_kind = 'manual'", new { jobId });

    private const int MostInOneStatement = 100;

    private static Task<IReadOnlyList<ExecutionRow>> ListLiveAsync(ControlSession session, string tenant, ExecutionFilter filter, ExecutionCursor? after, int limit)
    {
        var conditions = new List<string> { "tenant = @tenant", $"state IN ({string.Join(", ", filter.Live.Select(static state => $"'{state}'"))})" };
        conditions.AddRange(filter.TaskId is null ? [] : ["job_id = @job"]);
        conditions.AddRange(filter.Instance is null ? [] : ["owner = @owner"]);
        conditions.AddRange(filter.Trigger is null ? [] : ["trigger_kind = @kind"]);
        conditions.AddRange(filter.From is null ? [] : ["due_at_ms >= @from"]);
        conditions.AddRange(filter.To is null ? [] : ["due_at_ms < @to"]);
        conditions.AddRange(after is null ? [] : ["due_at_ms <= @at AND (due_at_ms < @at OR id < @id)"]);
        return session.ListAsync<ExecutionRow>(
            $"SELECT {LiveColumns} FROM job_live WHERE {string.Join(" AND ", conditions)} ORDER BY due_at_ms DESC, id DESC LIMIT @limit",
            new { tenant, job = filter.TaskId, owner = filter.Instance, kind = filter.Trigger, from = filter.FromMs, to = filter.ToMs, at = after?.AtMs, id = after?.Id, limit });
    }

    private static async Task<IReadOnlyList<ExecutionRow>> ListEndedAsync(ControlSession session, string tenant, ExecutionFilter filter, ExecutionCursor? after, int limit)
    {
        var states = filter.States.Intersect(ExecutionFilter.EndedStates, StringComparer.Ordinal).ToList();
        if (states.Count <= 1)
        {
            return await ListEndedAsync(session, tenant, filter, states.SingleOrDefault(), after, limit);
        }

        // Each state is one index walk in order; together they would be a sort of everything.
        var rows = new List<ExecutionRow>();
        foreach (var state in states)
        {
            rows.AddRange(await ListEndedAsync(session, tenant, filter, state, after, limit));
        }

        return [.. rows.OrderByDescending(static row => row.FinishedAtMs).ThenByDescending(static row => row.Id, StringComparer.Ordinal).Take(limit)];
    }

    private static Task<IReadOnlyList<ExecutionRow>> ListEndedAsync(ControlSession session, string tenant, ExecutionFilter filter, string? state, ExecutionCursor? after, int limit)
    {
        var conditions = new List<string> { filter.TaskId is null ? "tenant = @tenant" : "job_id = @job AND coalesce(tenant, '') = @tenant" };
        conditions.AddRange(state is null ? [] : ["state = @state"]);
        conditions.AddRange(filter.Instance is null ? [] : ["owner = @owner"]);
        conditions.AddRange(filter.Trigger is null ? [] : ["trigger_kind = @kind"]);
        conditions.AddRange(filter.From is null ? [] : ["finished_at_ms >= @from"]);
        conditions.AddRange(filter.To is null ? [] : ["finished_at_ms < @to"]);
        conditions.AddRange(after is null ? [] : ["finished_at_ms <= @at AND (finished_at_ms < @at OR id < @id)"]);
        return session.ListAsync<ExecutionRow>(
            $"SELECT {EndedColumns} FROM job_history WHERE {string.Join(" AND ", conditions)} ORDER BY finished_at_ms DESC, id DESC LIMIT @limit",
            new { tenant, job = filter.TaskId, state, owner = filter.Instance, kind = filter.Trigger, from = filter.FromMs, to = filter.ToMs, at = after?.AtMs, id = after?.Id, limit });
    }
}

/// <summary>How many executions of a job are in one state that is no end.</summary>
internal sealed record LiveCount
{
    public required string JobId { get; init; }

    public required string State { get; init; }

    public required int Count { get; init; }

    /// <summary>Of these, the fires whose nominal time has not come yet.</summary>
    public int Coming { get; init; }

    /// <summary>The earliest of them; null without any.</summary>
    public long? ComingAtMs { get; init; }
}

/// <summary>One earlier attempt as stored.</summary>
internal sealed record AttemptRow
{
    public required int Attempt { get; init; }

    public required long Fence { get; init; }

    public string? Owner { get; init; }

    public required long StartedAtMs { get; init; }

    public required long FinishedAtMs { get; init; }

    public required string State { get; init; }

    public int? ExitCode { get; init; }

    public string? ErrorType { get; init; }

    public string? ErrorMessage { get; init; }

    public string? ErrorStack { get; init; }

    public ExecutionAttempt ToWire() => new()
    {
        Attempt = Attempt,
        Fence = Fence,
        Instance = Owner,
        StartedAt = DateTimeOffset.FromUnixTimeMilliseconds(StartedAtMs),
        FinishedAt = DateTimeOffset.FromUnixTimeMilliseconds(FinishedAtMs),
        State = State,
        ExitCode = ExitCode,
        Error = ErrorType is null ? null : new ExecutionError(ErrorType, ErrorMessage ?? string.Empty, ErrorStack),
    };
}
