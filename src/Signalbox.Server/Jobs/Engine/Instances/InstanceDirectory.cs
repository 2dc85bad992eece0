using Signalbox.Server.Jobs.Engine.Claims;
using Signalbox.Server.Jobs.Engine.Runs;
using Signalbox.Server.Jobs.Running;
using Signalbox.Server.Platform;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Jobs.Engine.Instances;

/// <summary>Shows the instances that share the database: each writes down that it lives and how busy it is.</summary>
internal sealed class InstanceDirectory(ControlDatabase database, JobInstance instance, LocalRuns runs, IAttemptRunner runner, JobsOptions options)
{
    /// <summary>An instance silent for so long is no longer listed.</summary>
    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(1);

    private long _waiting;

    public string Id => instance.Id;

    public int Slots => options.Slots;

    /// <summary>Due executions that waited when this instance last asked.</summary>
    public long Waiting => Volatile.Read(ref _waiting);

    /// <summary>Gives a sign of life.</summary>
    public async Task AnnounceAsync(CancellationToken cancellationToken)
    {
        var dialect = database.Dialect;
        await database.RunAsync(
            session => session.ExecuteAsync(
                dialect.Upsert(
                    $"job_instances (id, host, pid, version, started_at_ms, heartbeat_at_ms, slots, running, quarantined) VALUES (@id, @host, @pid, @version, {dialect.NowMs}, {dialect.NowMs}, @slots, @running, @quarantined)",
                    "id",
                    "heartbeat_at_ms = excluded.heartbeat_at_ms, slots = excluded.slots, running = excluded.running, quarantined = excluded.quarantined"),
                new
                {
                    id = instance.Id,
                    host = instance.Host,
                    pid = (long)instance.Pid,
                    version = ProductVersion.Text,
                    slots = options.Slots,
                    running = runs.Running,
                    quarantined = runner.Quarantined,
                }),
            cancellationToken);
        Volatile.Write(ref _waiting, await database.AskAsync(DueStore.WaitingAsync, cancellationToken));
    }

    /// <summary>Takes this instance off the list.</summary>
    public Task LeaveAsync(CancellationToken cancellationToken) =>
        database.RunAsync(session => session.ExecuteAsync("DELETE FROM job_instances WHERE id = @id", new { id = instance.Id }), cancellationToken);

    /// <summary>Takes those off the list that never said that they left.</summary>
    public Task ForgetAsync(CancellationToken cancellationToken) => database.RunAsync(
        session => session.ExecuteAsync(
            $"DELETE FROM job_instances WHERE heartbeat_at_ms < {session.Dialect.NowMs} - @forgotten",
            new { forgotten = (long)Forgotten.TotalMilliseconds }),
        cancellationToken);
}
