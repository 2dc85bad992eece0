using Signalbox.Server.Jobs.Engine.Claims;
using Signalbox.Server.Jobs.Engine.Instances;
using Signalbox.Server.Jobs.Engine.Runs;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Jobs.Engine.Loops;

/// <summary>Renews this instance's leases, and sees which of its runs are asked to end.</summary>
internal sealed class Heartbeat(ControlDatabase database, LocalRuns runs, InstanceDirectory instances, EngineOptions options, LoopContext context)
    : EngineLoop("heartbeat", LimitOf(options), context)
{
    private long? _renewedAt;
    private long? _announcedAt;

    /// <summary>A third of the lease: two tries may fail before it is lost.</summary>
    private TimeSpan Renewal => options.Lease / 3;

    public override async Task<TimeSpan> RunOnceAsync(CancellationToken cancellationToken)
    {
        if (Passed(_renewedAt, Renewal))
        {
            var before = Clock.GetTimestamp();
            await RenewAsync(before, cancellationToken);
            _renewedAt = before;
        }
        else if (runs.Running > 0)
        {
            foreach (var lease in await database.AskAsync(session => LeaseStore.CancelRequestsAsync(session, instances.Id), cancellationToken))
            {
                Heed(lease);
            }
        }

        // After the leases, and not again at once when it fails: a list of instances that cannot be written must not cost a run.
        if (Passed(_announcedAt, TimeSpan.FromSeconds(10)))
        {
            _announcedAt = Clock.GetTimestamp();
            await instances.AnnounceAsync(cancellationToken);
        }

        return options.Poll < Renewal ? options.Poll : Renewal;
    }

    /// <summary>A round must leave time for another before a lease runs out.</summary>
    private static TimeSpan LimitOf(EngineOptions options) => options.Lease / 4;

    private bool Passed(long? since, TimeSpan period) => since is not { } start || Clock.GetElapsedTime(start) >= period;

    private async Task RenewAsync(long before, CancellationToken cancellationToken)
    {
        var mine = runs.All.ToList();
        if (mine.Count == 0)
        {
            return;
        }

        var keys = mine.Select(static run => new LeaseKey { Id = run.Claim.Id, Fence = run.Claim.Fence });
        var held = (await database.RunAsync(session => LeaseStore.RenewAsync(session, instances.Id, options.Lease, keys), cancellationToken))
            .ToDictionary(static lease => lease.Id, StringComparer.Ordinal);
        var leaseEnds = before + LeaseMargin.Ticks(options.Lease, Clock);
        foreach (var run in mine)
        {
            if (held.TryGetValue(run.Claim.Id, out var lease) && lease.Fence == run.Claim.Fence)
            {
                run.Lease.Renew(leaseEnds);
                Heed(lease);
            }
            else if (!run.Ended)
            {
                // One whose work is over may have been written, and so have left the table, while this was asked.
                runs.Lose(run);
            }
        }
    }

    private void Heed(HeldLease lease)
    {
        if (lease.CancelReason is { } reason && runs.Find(lease.Id) is { } run && run.Claim.Fence == lease.Fence)
        {
            run.Cancel(reason);
        }
    }
}
