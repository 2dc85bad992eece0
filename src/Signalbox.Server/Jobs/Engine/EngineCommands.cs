using Signalbox.Server.Jobs.Engine.Catalogue;
using Signalbox.Server.Jobs.Engine.Commands;
using Signalbox.Server.Jobs.Engine.Live;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Jobs.Engine;

/// <summary>What others ask of the engine, inside their own transactions; the loops of this process hear of it after the commit.</summary>
internal sealed class EngineCommands(JobCatalogue catalogue, LiveRows rows, EngineSignals signals)
{
    private const string Deleted = "deleted";
    private const string Disabled = "disabled";

    /// <summary>Call it after a job's row was inserted or changed in any way: its schedule takes effect from now on.</summary>
    /// <remarks>
    /// A schedule that stays the same goes on as it was. One that changed, or a job that is disabled, ends its period: fires up to now stay, planned ones to
    /// come are taken back. Of a disabled job, fires that wait are skipped; runs that began go on, retries included.
    /// </remarks>
    public async Task ScheduleChangedAsync(ControlSession session, string jobId)
    {
        if (await FindAsync(session, jobId) is not var (job, record, current))
        {
            throw new InvalidOperationException($"There is no job {jobId} whose schedule could have changed, or its definition does not hold.");
        }

        var wanted = current.Enabled && job.Schedule is not null ? SchedulePeriods.TextOf(record.Definition) : null;
        var open = await SchedulePeriods.FindOpenAsync(session, jobId);
        if (open is not null && (open.Schedule != wanted || open.JobName != job.Name))
        {
            await SchedulePeriods.CloseAsync(session, job, open, current, rows);
            open = null;
        }

        if (open is null)
        {
            await SetNextAsync(session, jobId, wanted is null ? null : job.Schedule!.Next(DateTimeOffset.FromUnixTimeMilliseconds(current.NowMs))?.At, current.NowMs);
            if (wanted is not null)
            {
                await SchedulePeriods.OpenAsync(session, job, wanted, current.NowMs);
            }
        }

        if (!current.Enabled)
        {
            await SkipStore.SkipAsync(session, await WaitingAsync(session, jobId, "trigger_kind = 'schedule' AND attempt = 0"), "l.attempt = 0", Disabled, keepFires: false);
        }

        await LiveRules.ApplyAsync(session, job);
        session.OnCommitted(Tell);
    }

    /// <summary>Call it before a job's row is deleted: what waits is skipped or cancelled, what runs is asked to end. The history stays until its time is over.</summary>
    public async Task DeletedAsync(ControlSession session, string jobId, string by)
    {
        if (await FindAsync(session, jobId) is var (job, _, current) && await SchedulePeriods.FindOpenAsync(session, jobId) is { } open)
        {
            await SchedulePeriods.CloseAsync(session, job, open, current, rows);
        }

        await SkipStore.SkipAsync(session, await WaitingAsync(session, jobId, "1 = 1"), "1 = 1", Deleted, keepFires: false);
        var running = await session.ListAsync<string>("SELECT id FROM job_live WHERE job_id = @jobId AND state = 'running'", new { jobId });
        await CancelStore.RequestAsync(session, running, Deleted);
        session.OnCommitted(() =>
        {
            foreach (var id in running)
            {
                signals.CancelRequested(id, Deleted);
            }

            Tell();
        });
    }

    /// <summary>Lets a job run once now, enabled or not.</summary>
    /// <param name="by">Who asked.</param>
    /// <param name="ignoreOverlap">Start beside others of its concurrency key; otherwise the job's overlap rule decides when it is its turn.</param>
    /// <param name="arguments">JSON in place of a handler's own arguments; null for those.</param>
    /// <returns>The execution's id.</returns>
    public async Task<string> TriggerAsync(ControlSession session, string jobId, string by, bool ignoreOverlap, string? arguments)
    {
        if (await FindAsync(session, jobId) is not var (job, _, current))
        {
            throw new InvalidOperationException($"There is no job {jobId} to run, or its definition does not hold.");
        }

        var row = rows.ByHand(job, by, ignoreOverlap, arguments, current.NowMs);
        await LiveStore.InsertAsync(session, [row]);
        session.OnCommitted(signals.LiveChanged);
        return row.Id;
    }

    /// <summary>Asks an execution to end: one that waits is cancelled at once, one that runs is told by its owner within a second.</summary>
    /// <returns>Whether this changed anything; not when it has ended, or was asked before.</returns>
    public async Task<bool> RequestCancelAsync(ControlSession session, string executionId, string reason)
    {
        if (await SkipStore.SkipAsync(session, [executionId], "1 = 1", reason, keepFires: true) is [_])
        {
            session.OnCommitted(signals.LiveChanged);
            return true;
        }

        if (await CancelStore.RequestAsync(session, [executionId], reason) == 0)
        {
            return false;
        }

        session.OnCommitted(() => signals.CancelRequested(executionId, reason));
        return true;
    }

    private static Task<IReadOnlyList<string>> WaitingAsync(ControlSession session, string jobId, string condition) =>
        session.ListAsync<string>($"SELECT id FROM job_live WHERE job_id = @jobId AND state = 'scheduled' AND {condition} ORDER BY id", new { jobId });

    /// <summary>Plan and records are compared soon, whatever the schedule before had to say about that.</summary>
    private static Task<int> SetNextAsync(ControlSession session, string jobId, DateTimeOffset? next, long nowMs) => session.ExecuteAsync(
        "UPDATE jobs SET next_nominal_at_ms = @next, reconcile_at_ms = @nowMs WHERE id = @jobId", new { jobId, next = next?.ToUnixTimeMilliseconds(), nowMs });

    private async Task<(EngineJob Job, JobRecord Record, CurrentJob Current)?> FindAsync(ControlSession session, string jobId)
    {
        // Locked, so that no planner decides about a schedule that is being changed.
        var record = await session.FindAsync<JobRecord>(
            $"SELECT id, tenant, name, version, priority, overlap, queue_limit, concurrency_key, definition FROM jobs WHERE id = @jobId {session.Dialect.ForUpdate}", new { jobId });
        if (record is null || catalogue.Read(record) is not { } job)
        {
            return null;
        }

        var current = await session.FindAsync<CurrentJob>($"SELECT enabled, next_nominal_at_ms, {session.Dialect.NowMs} AS now_ms FROM jobs WHERE id = @jobId", new { jobId });
        return (job, record, current!);
    }

    private void Tell()
    {
        signals.PlanChanged();
        signals.LiveChanged();
    }
}
