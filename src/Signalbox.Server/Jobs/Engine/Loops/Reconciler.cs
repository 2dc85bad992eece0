using Signalbox.Scheduling;
using Signalbox.Server.Jobs.Engine.Accounts;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Jobs.Engine.Loops;

/// <summary>Compares what the schedules in force planned with what is recorded, job by job from where it was left off.</summary>
/// <remarks>It reads one consistent state, and writes only if nobody else got as far meanwhile.</remarks>
internal sealed class Reconciler(ControlDatabase database, PeriodCache cache, EngineReport report, LoopContext context) : EngineLoop("reconciler", TimeSpan.FromSeconds(60), context)
{
    private const int MostJobs = 500;

    private const long MostBehindMs = 600_000;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(15);

    public override async Task<TimeSpan> RunOnceAsync(CancellationToken cancellationToken)
    {
        var (jobs, findings) = await database.ReadAsync(CompareAsync, cancellationToken);
        if (jobs.Count > 0)
        {
            var written = await database.WriteAsync(session => AccountStore.WriteAsync(session, jobs, findings), repeatable: true, cancellationToken);
            foreach (var finding in findings.Where(finding => written.Contains(finding.Job.Id)))
            {
                Report(finding);
            }
        }

        // Slowly as long as that keeps up: what is told a few minutes later is told in time.
        return jobs.Count == MostJobs && jobs[0].UntilMs - jobs[0].ReconciledUntilMs > MostBehindMs ? TimeSpan.FromSeconds(1) : Period;
    }

    private async Task<(IReadOnlyList<AccountedJob> Jobs, List<AccountFinding> Findings)> CompareAsync(ControlSession session)
    {
        var jobs = await AccountStore.DueAsync(session, MostJobs);
        var periods = (await AccountStore.PeriodsAsync(session, jobs)).ToLookup(static period => period.JobId, StringComparer.Ordinal);
        var records = (await AccountStore.RecordsAsync(session, jobs)).ToLookup(static record => record.JobId, StringComparer.Ordinal);
        var findings = new List<AccountFinding>();
        foreach (var job in jobs)
        {
            try
            {
                if (!records.Contains(job.Id) && !periods[job.Id].Any(period => cache.Fires(period, job.ReconciledUntilMs, job.UntilMs)))
                {
                    continue;
                }

                var difference = Accountability.Compare(
                    [.. periods[job.Id].Select(cache.Read)],
                    records[job.Id].Select(static record => record.ToFire()).OrderBy(static fire => fire.Nominal),
                    DateTimeOffset.FromUnixTimeMilliseconds(job.ReconciledUntilMs),
                    DateTimeOffset.FromUnixTimeMilliseconds(job.UntilMs));
                if (!difference.IsClean)
                {
                    findings.Add(new AccountFinding(job, difference));
                }
            }
            catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
            {
                // One job that cannot be compared must not keep the others from it.
                Log.NotReconciled(job.Id, exception);
            }
        }

        return (jobs, findings);
    }

    private void Report(AccountFinding finding)
    {
        var (job, difference) = finding;
        if (difference.MissedTotal > 0)
        {
            report.Metrics.Missed(difference.MissedTotal);
            report.Metrics.WithoutRun("missed", null, difference.MissedTotal);
            Log.FiresMissed(job.Id, difference.MissedTotal, difference.Missed[0]);
        }

        if (difference.ExtraTotal > 0)
        {
            report.Metrics.Extra(difference.ExtraTotal);
            Log.ExecutionsExtra(job.Id, difference.ExtraTotal, difference.Extra[0].Nominal);
        }
    }
}
