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

    /// <summary>Even a job without fires is looked at now and then: rules of time zones change, and so do rows that somebody writes by hand.</summary>
    private const long LongestMs = 6 * 3_600_000;

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
        return jobs.Count == MostJobs && jobs[0].BehindMs > MostBehindMs ? TimeSpan.FromSeconds(1) : Period;
    }

    private async Task<(IReadOnlyList<AccountedJob> Jobs, List<AccountFinding> Findings)> CompareAsync(ControlSession session)
    {
        var jobs = await AccountStore.DueAsync(session, MostJobs);
        var periods = (await AccountStore.PeriodsAsync(session, jobs)).ToLookup(static period => period.JobId, StringComparer.Ordinal);
        var records = (await AccountStore.RecordsAsync(session, jobs)).ToLookup(static record => record.JobId, StringComparer.Ordinal);
        var findings = new List<AccountFinding>();
        var compared = new List<AccountedJob>();
        foreach (var job in jobs)
        {
            var next = job.UntilMs + LongestMs;
            try
            {
                IReadOnlyList<SchedulePeriod> inForce = [.. periods[job.Id].Select(cache.Read)];
                var difference = Accountability.Compare(
                    inForce,
                    records[job.Id].Select(static record => record.ToFire()).OrderBy(static fire => fire.Nominal),
                    DateTimeOffset.FromUnixTimeMilliseconds(job.ReconciledUntilMs),
                    DateTimeOffset.FromUnixTimeMilliseconds(job.UntilMs));
                next = NextOf(job, inForce);
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

            compared.Add(job with { NextAtMs = next });
        }

        return (compared, findings);
    }

    /// <summary>When there is something to compare again: after the next planned fire has settled. Without one, only a change of the schedule makes it worth a look.</summary>
    private static long NextOf(AccountedJob job, IReadOnlyList<SchedulePeriod> periods)
    {
        var planned = Accountability.PlannedFires(periods, DateTimeOffset.FromUnixTimeMilliseconds(job.UntilMs), DateTimeOffset.MaxValue);
        foreach (var fire in planned)
        {
            return Math.Clamp(fire.ToUnixTimeMilliseconds() + AccountStore.SettleMs, job.UntilMs + (2 * AccountStore.SettleMs), job.UntilMs + LongestMs);
        }

        return long.MaxValue;
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
