using System.Globalization;
using System.Text.Json;
using Signalbox.Scheduling;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Jobs.Definitions;

/// <summary>Shows when schedules will fire, and which were in force.</summary>
internal sealed class TaskPreviewing(ControlDatabase database, JobRules rules, TimeProvider clock)
{
    private const int DefaultCount = 50;

    public Outcome<TaskPreview> Of(PreviewSchedule request)
    {
        var errors = new DefinitionErrors();
        var text = JsonSerializer.Serialize(request.Schedule, JobsJson.Default.TaskSchedule);
        return DefinitionReader.ReadSchedule(request.Name ?? string.Empty, new DefinitionText(text), errors) switch
        {
            null => rules.Refuse(errors.Items),
            { Time: { } schedule } => Of(schedule, request.From, request.Count),
            _ => Refusal.Invalid("schedule.after", "A job that runs after another one has no times of its own."),
        };
    }

    public async Task<Outcome<TaskPreview>> OfTaskAsync(string tenant, string id, DateTimeOffset? from, int? count, CancellationToken cancellationToken)
    {
        var row = await database.ReadAsync(session => TaskStore.FindAsync(session, tenant, id), cancellationToken);
        return row is null ? TaskRefusals.NotFound
            : JobDefinition.Parse(row.Definition).Schedule is { } schedule ? Of(schedule, from, count)
            : new TaskPreview([], "UTC", "This job has no schedule by time.");
    }

    public Task<Outcome<TaskSchedulePeriodList>> PeriodsAsync(string tenant, string id, CancellationToken cancellationToken) => database.ReadAsync<Outcome<TaskSchedulePeriodList>>(
        async session =>
        {
            if (await TaskStore.FindAsync(session, tenant, id) is null)
            {
                return TaskRefusals.NotFound;
            }

            var rows = await session.ListAsync<PeriodRow>(
                "SELECT version, schedule, from_ms, until_ms FROM job_schedules WHERE job_id = @id ORDER BY version DESC LIMIT @limit", new { id, limit = Paging.LargestLimit });
            return new TaskSchedulePeriodList([.. rows.Select(static row => row.ToWire())], null);
        },
        cancellationToken);

    /// <summary>The next fires of a schedule, without a server.</summary>
    public static TaskPreview Of(Schedule schedule, DateTimeOffset from, int count) => new(
        [.. SchedulePreview.Of(schedule, from, count).Items.Select(static item => new PreviewFire(
            item.At, item.Local.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture), item.Mark == PreviewMark.None ? null : WireNames.Format(item.Mark), item.Note))],
        schedule.Zone.Id,
        schedule.Describe());

    private Outcome<TaskPreview> Of(Schedule schedule, DateTimeOffset? from, int? count) =>
        count is < 1 or > SchedulePreview.MaxCount
            ? Refusal.Invalid("count", $"This must be a whole number from 1 to {SchedulePreview.MaxCount}.")
            : Of(schedule, from ?? clock.GetUtcNow(), count ?? DefaultCount);

    /// <summary>One row of <c>job_schedules</c>.</summary>
    private sealed record PeriodRow
    {
        public required long Version { get; init; }

        public required string Schedule { get; init; }

        public required long FromMs { get; init; }

        public long? UntilMs { get; init; }

        public TaskSchedulePeriod ToWire() => new(
            Version,
            JsonSerializer.Deserialize(Schedule, JobsJson.Default.TaskSchedule) ?? throw new InvalidOperationException("A stored schedule is null."),
            DateTimeOffset.FromUnixTimeMilliseconds(FromMs),
            UntilMs is { } until ? DateTimeOffset.FromUnixTimeMilliseconds(until) : null);
    }
}
