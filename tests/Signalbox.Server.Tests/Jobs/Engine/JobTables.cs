using System.Text.Json;
using Signalbox.Server.Jobs.Engine.Catalogue;
using Signalbox.Server.Jobs.Engine.Live;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Tests.Jobs.Engine;

/// <summary>Writes and reads the engine's tables behind its back, as a test needs it.</summary>
internal sealed class JobTables(ControlDatabase database)
{
    public const string Tenant = "default";

    private int _count;
    private DateTimeOffset? _firstNominal;

    /// <summary>Adds a job that echoes; <paramref name="members"/> are further members of its definition, as JSON without braces.</summary>
    /// <param name="key">Its concurrency key; its id when null.</param>
    public async Task<EngineJob> AddJobAsync(string? members = null, string overlap = "forbid", int queueLimit = 0, string? key = null, int priority = 0, string? after = null)
    {
        var number = Interlocked.Increment(ref _count);
        var id = $"job-{number:00000}";
        var rest = (members is null ? string.Empty : $", {members}") + (queueLimit > 0 ? $", \"queueLimit\": {queueLimit}" : string.Empty);
        var row = new
        {
            id,
            tenant = Tenant,
            name = $"job {number}",
            definition = $$"""{"name":"job {{number}}","command":{"file":"/bin/echo"},"overlap":"{{overlap}}","priority":{{priority}}{{rest}}}""",
            overlap,
            queueLimit,
            key = key ?? id,
            priority,
            after,
        };
        await database.WriteAsync(
            session => session.ExecuteAsync(
                $"""
                INSERT INTO jobs (id, tenant, name, version, enabled, source, definition, kind, priority, overlap, queue_limit, concurrency_key, reconciled_until_ms, after_job_id,
                    created_at_ms, created_by, updated_at_ms, updated_by)
                VALUES (@id, @tenant, @name, 1, 1, 'api', @definition, 'command', @priority, @overlap, @queueLimit, @key, 0, @after, 0, 'test', 0, 'test')
                """,
                row),
            CancellationToken.None);
        var record = await database.ReadAsync(session => session.FindAsync<JobRecord>("SELECT * FROM jobs WHERE id = @id", new { id }), CancellationToken.None);
        return EngineJob.Of(record!, Signalbox.Server.Jobs.Definitions.JobDefinition.Parse(record!.Definition));
    }

    public Task<long> NowAsync() => database.ReadAsync(static session => session.ValueAsync<long>($"SELECT {session.Dialect.NowMs}"), CancellationToken.None);

    /// <summary>Lets an execution of a job wait, due so much later than now.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> AddLiveAsync(EngineJob job, TimeSpan dueIn = default, bool scheduled = true, int? priority = null, string? arguments = null)
    {
        var rows = new LiveRows(TimeProvider.System);
        var now = DateTimeOffset.FromUnixTimeMilliseconds(await NowAsync()) + dueIn;
        _firstNominal ??= now.AddDays(-1);
        var row = scheduled ? rows.Scheduled(job, _firstNominal.Value.AddSeconds(Interlocked.Increment(ref _count)), now) : rows.ByHand(job, "somebody", ignoreOverlap: false, arguments, now.ToUnixTimeMilliseconds());
        row = row with { Priority = priority ?? row.Priority };
        await database.WriteAsync(session => LiveStore.InsertAsync(session, [row]), CancellationToken.None);
        return row.Id;
    }

    public Task ExecuteAsync(string sql, object? parameters = null) => database.WriteAsync(session => session.ExecuteAsync(sql, parameters), CancellationToken.None);

    /// <summary>Moves the lease of a running execution into the past.</summary>
    public Task ExpireAsync(string id) => ExecuteAsync("UPDATE job_live SET lease_until_ms = 1 WHERE id = @id", new { id });

    public Task<IReadOnlyList<LiveState>> LiveAsync() => database.ReadAsync(
        static session => session.ListAsync<LiveState>(
            "SELECT id, job_id, state, attempt, fence, owner, running_key, due_at_ms, nominal_at_ms, fire_outcome, cancel_reason, trigger_kind, job_version FROM job_live ORDER BY nominal_at_ms, id"),
        CancellationToken.None);

    public async Task<LiveState?> LiveAsync(string id) => (await LiveAsync()).SingleOrDefault(row => row.Id == id);

    public Task<IReadOnlyList<HistoryState>> HistoryAsync() => database.ReadAsync(
        static session => session.ListAsync<HistoryState>(
            "SELECT id, job_id, state, fire_outcome, attempt, fence, cause, cancel_reason, nominal_at_ms, trigger_kind, trigger_key, error_message, exit_code, output_bytes FROM job_history ORDER BY finished_at_ms, id"),
        CancellationToken.None);

    public async Task<HistoryState?> HistoryAsync(string id) => (await HistoryAsync()).SingleOrDefault(row => row.Id == id);

    public Task<IReadOnlyList<FireState>> FiresAsync() => database.ReadAsync(
        static session => session.ListAsync<FireState>("SELECT job_id, nominal_at_ms, outcome, reason, count, execution_id FROM job_fires ORDER BY job_id, nominal_at_ms"), CancellationToken.None);

    public Task<T> ValueAsync<T>(string sql, object? parameters = null) => database.ReadAsync(session => session.ValueAsync<T>(sql, parameters), CancellationToken.None);

    /// <summary>As JSON, for definitions.</summary>
    public static string Quote(string text) => JsonSerializer.Serialize(text);
}

/// <summary>A row of <c>job_live</c>.</summary>
internal sealed record LiveState
{
    public required string Id { get; init; }

    public required string JobId { get; init; }

    public required long JobVersion { get; init; }

    public required string State { get; init; }

    public required int Attempt { get; init; }

    public required long Fence { get; init; }

    public string? Owner { get; init; }

    public string? RunningKey { get; init; }

    public required long DueAtMs { get; init; }

    public required long NominalAtMs { get; init; }

    public string? FireOutcome { get; init; }

    public string? CancelReason { get; init; }

    public required string TriggerKind { get; init; }
}

/// <summary>A row of <c>job_history</c>.</summary>
internal sealed record HistoryState
{
    public required string Id { get; init; }

    public required string JobId { get; init; }

    public required string State { get; init; }

    public string? FireOutcome { get; init; }

    public required int Attempt { get; init; }

    public required long Fence { get; init; }

    public string? Cause { get; init; }

    public string? CancelReason { get; init; }

    public required long NominalAtMs { get; init; }

    public required string TriggerKind { get; init; }

    public required string TriggerKey { get; init; }

    public string? ErrorMessage { get; init; }

    public int? ExitCode { get; init; }

    public required long OutputBytes { get; init; }
}

/// <summary>A row of <c>job_fires</c>.</summary>
internal sealed record FireState
{
    public required string JobId { get; init; }

    public required long NominalAtMs { get; init; }

    public required string Outcome { get; init; }

    public string? Reason { get; init; }

    public required long Count { get; init; }

    public string? ExecutionId { get; init; }
}
