using Signalbox.Server.Jobs.History;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Jobs.Definitions;

/// <summary>Shows jobs with how they are doing.</summary>
internal sealed class TaskQuery(ControlDatabase database, DefinitionCache definitions)
{
    private const int RecentEach = 30;
    private static readonly string[] Kinds = ["command", "http", "handler"];
    private static readonly string[] Sources = [JobRow.SourceApi, JobRow.SourceFile];

    public async Task<Outcome<TaskList>> ListAsync(JobActor actor, TaskFilter filter, int limit, string? after, CancellationToken cancellationToken)
    {
        // Only these words get into the statement.
        if (filter.States.FirstOrDefault(static state => !ExecutionFilter.EndedStates.Contains(state, StringComparer.Ordinal)) is { } unknown)
        {
            return Refusal.Invalid("state", $"'{unknown}' is not one of {string.Join(", ", ExecutionFilter.EndedStates)}.");
        }

        if (filter.Kind is not null && !Kinds.Contains(filter.Kind, StringComparer.Ordinal))
        {
            return Refusal.Invalid("kind", $"'{filter.Kind}' is not one of {string.Join(", ", Kinds)}.");
        }

        if (filter.Source is not null && !Sources.Contains(filter.Source, StringComparer.Ordinal))
        {
            return Refusal.Invalid("source", $"'{filter.Source}' is not one of {string.Join(", ", Sources)}.");
        }

        return await database.ReadAsync(
            async session =>
            {
                var (rows, next) = Paging.Cut(await TaskStore.ListAsync(session, actor.Tenant, filter, after, limit + 1), limit, static row => row.Name);
                return new TaskList(await ShowAsync(session, actor, rows), next);
            },
            cancellationToken);
    }

    /// <returns>Null when the tenant has no such job.</returns>
    public Task<ScheduledTask?> FindAsync(JobActor actor, string id, CancellationToken cancellationToken) => database.ReadAsync(
        async session => await TaskStore.FindAsync(session, actor.Tenant, id) is { } row ? (await ShowAsync(session, actor, [row]))[0] : null, cancellationToken);

    private async Task<IReadOnlyList<ScheduledTask>> ShowAsync(ControlSession session, JobActor actor, IReadOnlyList<JobRow> rows)
    {
        if (rows.Count == 0)
        {
            return [];
        }

        var ids = rows.Select(static row => row.Id).ToList();
        var recent = await ExecutionStore.ListRecentAsync(session, ids, RecentEach);
        var live = (await ExecutionStore.CountLiveAsync(session, ids)).ToDictionary(static count => (count.JobId, count.State));
        var names = await TaskStore.ListNamesAsync(session, actor.Tenant, [.. rows.Select(static row => row.AfterJobId).OfType<string>().Distinct(StringComparer.Ordinal)]);
        return [.. rows.Select(row => Show(row, actor, [.. recent[row.Id]], live, row.AfterJobId is null ? null : names.GetValueOrDefault(row.AfterJobId)))];
    }

    private ScheduledTask Show(JobRow row, JobActor actor, List<ExecutionRow> recent, Dictionary<(string JobId, string State), LiveCount> live, string? afterName)
    {
        var request = DefinitionWriter.ToRequest(definitions.Get(row.Id, row.Version, row.Definition), actor.SeesSecrets);
        var waiting = live.GetValueOrDefault((row.Id, "scheduled"));
        return new ScheduledTask
        {
            Name = row.Name,
            Description = request.Description,
            Schedule = afterName is null ? request.Schedule : request.Schedule! with { After = request.Schedule.After! with { Task = afterName } },
            Command = request.Command,
            Http = request.Http,
            Handler = request.Handler,
            Timeout = request.Timeout,
            Grace = request.Grace,
            Overlap = request.Overlap,
            QueueLimit = request.QueueLimit,
            ConcurrencyGroup = request.ConcurrencyGroup,
            Misfire = request.Misfire,
            MisfireGrace = request.MisfireGrace,
            Jitter = request.Jitter,
            Priority = request.Priority,
            Retry = request.Retry,
            Enabled = row.Enabled,
            Id = row.Id,
            Version = row.Version,
            Source = row.Source,
            File = row.FilePath,
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAtMs),
            CreatedBy = row.CreatedBy,
            UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.UpdatedAtMs),
            UpdatedBy = row.UpdatedBy,
            NextFireAt = row.Enabled && (waiting?.ComingAtMs ?? row.NextNominalAtMs) is { } next ? DateTimeOffset.FromUnixTimeMilliseconds(next) : null,
            LastExecution = recent is [var last, ..] ? new ExecutionSummary(last.Id, last.State, last.FireOutcome, DateTimeOffset.FromUnixTimeMilliseconds(last.FinishedAtMs!.Value), last.DurationMs) : null,
            Running = live.GetValueOrDefault((row.Id, "running"))?.Count ?? 0,
            Waiting = waiting is null ? 0 : waiting.Count - waiting.Coming,
            Recent = [.. recent.AsEnumerable().Reverse().Select(static run => new RecentExecution(run.Id, run.State, run.FireOutcome, DateTimeOffset.FromUnixTimeMilliseconds(run.NominalAtMs), run.DurationMs))],
        };
    }
}
