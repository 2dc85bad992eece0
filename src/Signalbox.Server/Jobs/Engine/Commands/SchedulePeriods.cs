using System.Text.Json;
using Signalbox.Scheduling;
using Signalbox.Server.Jobs.Definitions;
using Signalbox.Server.Jobs.Engine.Catalogue;
using Signalbox.Server.Jobs.Engine.Live;
using Signalbox.Server.Jobs.Engine.Plans;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Jobs.Engine.Commands;

/// <summary>Keeps <c>job_schedules</c>: which schedule of a job was in force when.</summary>
/// <remarks>A fire belongs to the period after whose beginning it is, up to and with its end.</remarks>
internal static class SchedulePeriods
{
    /// <summary>The <c>schedule</c> of a stored definition as JSON; null when it has none.</summary>
    public static string? TextOf(string definition)
    {
        using var document = JsonDocument.Parse(definition);
        return document.RootElement.TryGetProperty("schedule", out var schedule) && schedule.ValueKind == JsonValueKind.Object ? schedule.GetRawText() : null;
    }

    /// <param name="jobName">The name that the job had then: the times of an <c>H</c> follow from it.</param>
    /// <exception cref="InvalidOperationException">It does not hold, so somebody else wrote it.</exception>
    public static Schedule? Read(string jobName, string text) =>
        JobDefinition.Parse($$"""{"name":"{{JsonEncodedText.Encode(jobName)}}","command":{"file":"none"},"schedule":{{text}}}""").Schedule;

    public static async Task<OpenPeriod?> FindOpenAsync(ControlSession session, string jobId) =>
        await session.FindAsync<OpenPeriod>("SELECT version, job_name, schedule FROM job_schedules WHERE job_id = @jobId AND until_ms IS NULL", new { jobId });

    public static Task OpenAsync(ControlSession session, EngineJob job, string schedule, long fromMs) => session.ExecuteAsync(
        "INSERT INTO job_schedules (job_id, version, job_name, schedule, from_ms, until_ms) VALUES (@id, @version, @name, @schedule, @fromMs, NULL)",
        new { id = job.Id, version = job.Version, name = job.Name, schedule, fromMs });

    /// <summary>Ends the period in force now: plans what it planned up to now, and takes back what it had planned beyond.</summary>
    public static async Task CloseAsync(ControlSession session, EngineJob job, OpenPeriod period, CurrentJob current, LiveRows rows)
    {
        if (current.NextNominalAtMs <= current.NowMs && Read(period.JobName, period.Schedule) is { } schedule)
        {
            // Nobody had planned them yet, as after a long stop; the new schedule must not make them disappear. One plan holds a bounded number of them.
            var next = current.NextNominalAtMs;
            while (next <= current.NowMs)
            {
                var batch = new PlanBatch(rows);
                var plan = FirePlanner.Plan(PlanRequests.For(job, schedule, next.Value, current.NowMs, TimeSpan.Zero));
                batch.Add(job, plan);
                await batch.WriteAsync(session);
                next = plan.NextNominal?.ToUnixTimeMilliseconds();
            }
        }

        await session.ExecuteAsync("UPDATE job_schedules SET until_ms = @now WHERE job_id = @id AND until_ms IS NULL", new { id = job.Id, now = current.NowMs });
        await session.ExecuteAsync(
            "DELETE FROM job_live WHERE job_id = @id AND trigger_kind = 'schedule' AND state = 'scheduled' AND attempt = 0 AND nominal_at_ms > @now",
            new { id = job.Id, now = current.NowMs });
    }
}

/// <summary>The period in force.</summary>
internal sealed record OpenPeriod
{
    public required long Version { get; init; }

    public required string JobName { get; init; }

    /// <summary>JSON.</summary>
    public required string Schedule { get; init; }
}

/// <summary>A job as it is at this moment.</summary>
internal sealed record CurrentJob
{
    public required bool Enabled { get; init; }

    public long? NextNominalAtMs { get; init; }

    public required long NowMs { get; init; }
}
