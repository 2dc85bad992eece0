using System.Globalization;
using System.Text.Json;
using Signalbox.Server.Jobs.History;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Live;

namespace Signalbox.Server.Jobs.News;

/// <summary>Reads what was changed of one tenant since the last look, and publishes it.</summary>
internal sealed class TenantFeed(ControlDatabase database, ExecutionQuery executions, InstanceQuery instances, LiveHub hub)
{
    /// <summary>Changes of one kind told one by one in one look; with more, readers are told to read again.</summary>
    private const int Most = 500;

    /// <summary>How long readers are left to read again.</summary>
    private const long PauseMs = 2000;

    public Task<TenantMarks> BeginAsync(string tenant, CancellationToken cancellationToken) => database.ReadAsync(
        async session => new TenantMarks(await session.NowMsAsync(), await Definitions.TaskStore.CountAsync(session, tenant)), cancellationToken);

    public async Task RunAsync(string tenant, TenantMarks marks, CancellationToken cancellationToken)
    {
        var changes = await database.ReadAsync(
            async session =>
            {
                var now = await session.NowMsAsync();
                if (now < marks.PausedUntilMs)
                {
                    return null;
                }

                var rows = new List<ExecutionRow>(await ExecutionStore.ListChangedAsync(session, tenant, marks.SinceMs, Most + 1));
                rows.AddRange(await ExecutionStore.ListEndedSinceAsync(session, tenant, marks.SinceMs, Most + 1));
                var jobs = await Definitions.TaskStore.ListChangedAsync(session, tenant, marks.SinceMs, Most + 1);
                var news = rows.Where(row => marks.IsNew(row.Id, VersionOf(row), row.FinishedAtMs ?? row.ChangedAtMs)).ToList();
                return new TenantChanges(now, rows.Count, await executions.ShowAsync(session, news), jobs, await Definitions.TaskStore.CountAsync(session, tenant));
            },
            cancellationToken);
        if (changes is null)
        {
            return;
        }

        if (changes.Rows > Most || changes.Jobs.Count > Most)
        {
            hub.Publish(tenant, [JobNews.Scheduler], "reset", "{}");
            marks.PauseUntil(changes.NowMs + PauseMs);
        }
        else
        {
            Publish(tenant, marks, changes);
        }

        await PublishInstancesAsync(tenant, marks, changes.NowMs, cancellationToken);
        marks.AdvanceTo(changes.NowMs);
    }

    private void Publish(string tenant, TenantMarks marks, TenantChanges changes)
    {
        foreach (var execution in changes.Executions)
        {
            hub.Publish(tenant, [JobNews.Scheduler, JobNews.ExecutionPrefix + execution.Id], "execution", JsonSerializer.Serialize(execution, JobsJson.Default.Execution));
        }

        var fresh = changes.Jobs.Where(job => marks.IsNew($"task {job.Id}", job.Version.ToString(CultureInfo.InvariantCulture), job.UpdatedAtMs)).ToList();
        foreach (var job in fresh)
        {
            PublishTask(tenant, new TaskNews(job.Id, job.Name, job.Version == 1 ? "create" : "update"));
        }

        if (changes.JobCount != marks.Jobs && fresh.Count == 0)
        {
            PublishTask(tenant, new TaskNews(null, null, "change"));
        }

        marks.Jobs = changes.JobCount;
    }

    private void PublishTask(string tenant, TaskNews news) => hub.Publish(tenant, [JobNews.Scheduler], "task", JsonSerializer.Serialize(news, JobsJson.Default.TaskNews));

    private async Task PublishInstancesAsync(string tenant, TenantMarks marks, long nowMs, CancellationToken cancellationToken)
    {
        foreach (var instance in (await instances.ListAsync(cancellationToken)).Items)
        {
            var version = string.Create(CultureInfo.InvariantCulture, $"{instance.Running} {instance.Quarantined} {instance.Alive}");

            // Kept by a time that never passes, so that an instance that goes on as it was is told once.
            if (marks.IsNew($"instance {instance.Id}", version, long.MaxValue))
            {
                hub.Publish(tenant, [JobNews.Scheduler], "instance", JsonSerializer.Serialize(instance, JobsJson.Default.Instance));
            }
        }
    }

    private static string VersionOf(ExecutionRow row) => string.Create(CultureInfo.InvariantCulture, $"{row.State} {row.Attempt} {row.Fence} {row.CancelReason} {row.DueAtMs}");

    /// <summary>What one look found.</summary>
    private sealed record TenantChanges(long NowMs, int Rows, IReadOnlyList<Execution> Executions, IReadOnlyList<Definitions.ChangedJob> Jobs, long JobCount);
}
