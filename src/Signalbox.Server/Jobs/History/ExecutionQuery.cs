using Signalbox.Server.Jobs.Definitions;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Jobs.History;

/// <summary>Shows executions, those that have not ended and those that have.</summary>
internal sealed class ExecutionQuery(ControlDatabase database, DefinitionCache definitions)
{
    public async Task<Outcome<ExecutionList>> ListAsync(string tenant, ExecutionFilter filter, int limit, string? after, CancellationToken cancellationToken)
    {
        ExecutionCursor? cursor = null;
        if (after is not null && (cursor = ExecutionCursor.Parse(after)) is null)
        {
            return Refusal.Invalid("after", "This is not a cursor of this list; take it from next.");
        }

        return await database.ReadAsync(
            async session =>
            {
                var (rows, next) = Paging.Cut(await ExecutionStore.ListAsync(session, tenant, filter, cursor, limit + 1), limit, static row => ExecutionCursor.Of(row).ToString());
                return new ExecutionList(await ShowAsync(session, rows), next);
            },
            cancellationToken);
    }

    /// <returns>Null when the tenant has no such execution.</returns>
    public Task<ExecutionDetail?> FindAsync(string tenant, string id, CancellationToken cancellationToken) => database.ReadAsync(
        async session =>
        {
            if (await ExecutionStore.FindAsync(session, tenant, id) is not { } row)
            {
                return null;
            }

            var execution = (await ShowAsync(session, [row]))[0];
            var before = await ExecutionStore.ListAttemptsAsync(session, id);
            return DetailOf(execution, [.. before.Select(static attempt => attempt.ToWire())], row.LeaseUntilMs is { } until && row.State == "running" ? DateTimeOffset.FromUnixTimeMilliseconds(until) : null);
        },
        cancellationToken);

    public async Task<IReadOnlyList<Execution>> ShowAsync(ControlSession session, IReadOnlyList<ExecutionRow> rows)
    {
        var attempts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var chunk in rows.Select(static row => row.JobId).Distinct(StringComparer.Ordinal).Chunk(500))
        {
            foreach (var job in await TaskStore.ListDefinitionsAsync(session, chunk))
            {
                attempts[job.Id] = definitions.Get(job.Id, job.Version, job.Definition).Retry.MaxAttempts;
            }
        }

        return [.. rows.Select(row => Show(row, attempts.GetValueOrDefault(row.JobId, 1)))];
    }

    /// <param name="attempts">What its job allows now; the job may have allowed fewer then.</param>
    private static Execution Show(ExecutionRow row, int attempts) => new()
    {
        Id = row.Id,
        TaskId = row.JobId,
        TaskName = row.JobName,
        TaskVersion = row.JobVersion,
        Trigger = row.TriggerKind,
        State = row.State,
        FireOutcome = row.FireOutcome,
        NominalAt = DateTimeOffset.FromUnixTimeMilliseconds(row.NominalAtMs),
        DueAt = DateTimeOffset.FromUnixTimeMilliseconds(row.DueAtMs),
        StartedAt = Instant(row.StartedAtMs),
        FinishedAt = Instant(row.FinishedAtMs),
        DurationMs = row.DurationMs,
        Attempt = row.Attempt,
        Attempts = Math.Max(row.Attempt, attempts),
        Fence = row.Fence,
        Instance = row.Owner,
        TraceId = row.TraceId,
        ExitCode = row.ExitCode,
        Error = row.Error,
        CancelReason = row.CancelReason,
        RequestedBy = row.RequestedBy,
        OutputBytes = row.OutputBytes,
        OutputCut = row.OutputCut,
    };

    private static ExecutionDetail DetailOf(Execution execution, IReadOnlyList<ExecutionAttempt> before, DateTimeOffset? leaseUntil) => new()
    {
        Id = execution.Id,
        TaskId = execution.TaskId,
        TaskName = execution.TaskName,
        TaskVersion = execution.TaskVersion,
        Trigger = execution.Trigger,
        State = execution.State,
        FireOutcome = execution.FireOutcome,
        NominalAt = execution.NominalAt,
        DueAt = execution.DueAt,
        StartedAt = execution.StartedAt,
        FinishedAt = execution.FinishedAt,
        DurationMs = execution.DurationMs,
        Attempt = execution.Attempt,
        Attempts = execution.Attempts,
        Fence = execution.Fence,
        Instance = execution.Instance,
        TraceId = execution.TraceId,
        ExitCode = execution.ExitCode,
        Error = execution.Error,
        CancelReason = execution.CancelReason,
        RequestedBy = execution.RequestedBy,
        OutputBytes = execution.OutputBytes,
        OutputCut = execution.OutputCut,
        AttemptsBefore = before,
        LeaseUntil = leaseUntil,
    };

    private static DateTimeOffset? Instant(long? milliseconds) => milliseconds is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;
}
