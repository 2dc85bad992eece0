namespace Signalbox.Scheduling;

/// <summary>Decides what becomes of the nominal fires of a job up to a horizon: the same request always gives the same plan.</summary>
public static class FirePlanner
{
    /// <summary>Plans from the stored next nominal time on. The work is bounded by the catch-up limit, however long nobody planned.</summary>
    /// <remarks>
    /// A fire counts as misfired when its nominal time and the grace are before now. When <see cref="FirePlan.NextNominal"/> still lies within the
    /// horizon, the limit was reached and planning again continues at once.
    /// </remarks>
    public static FirePlan Plan(FirePlanRequest request)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(request.CatchUpLimit, 1);
        var horizon = request.Now + request.Horizon;
        var inTimeFrom = request.Now - request.MisfireGrace;
        var fires = new List<PlannedFire>();
        var beyond = 0L;
        DateTimeOffset? next = request.NextNominal;
        if (next < inTimeFrom)
        {
            var (latest, total) = MissedFires.Before(request, inTimeFrom);
            beyond = Missed(request, latest, total, fires);
            next = request.Schedule.Next(latest[^1])?.At;
        }

        for (var inTime = 0; next is { } nominal && nominal <= horizon && inTime < request.CatchUpLimit; inTime++)
        {
            fires.Add(Run(request, nominal, misfired: false));
            next = request.Schedule.Next(nominal)?.At;
        }

        return new FirePlan(fires, next, beyond);
    }

    /// <summary>When a fire may start: its nominal time moved by less than the job's jitter, always by the same.</summary>
    public static DateTimeOffset DueOf(string jobId, DateTimeOffset nominal, TimeSpan jitterMax)
    {
        var range = (long)jitterMax.TotalMilliseconds;
        return range <= 0 ? nominal : nominal.AddMilliseconds(StableHash.Below(StableHash.Of(jobId, nominal.ToUnixTimeMilliseconds()), range));
    }

    private static PlannedFire Run(FirePlanRequest request, DateTimeOffset nominal, bool misfired) =>
        new(nominal, DueOf(request.JobId, nominal, request.JitterMax), FireDisposition.Run) { Misfired = misfired };

    /// <summary>Adds the decisions about missed fires; the earliest share one row when there are more than the limit, and their number is returned.</summary>
    private static long Missed(FirePlanRequest request, List<DateTimeOffset> latest, long total, List<PlannedFire> fires)
    {
        var beyond = total - latest.Count;
        var target = latest[^1];
        if (beyond > 0)
        {
            fires.Add(request.Misfire switch
            {
                MisfirePolicy.All => NotRun(request.NextNominal, FireDisposition.Skipped) with { Reason = SkipReason.CatchUpLimit, Count = beyond },
                MisfirePolicy.Skip => NotRun(request.NextNominal, FireDisposition.Skipped) with { Reason = SkipReason.Misfire, Count = beyond },
                _ => NotRun(request.NextNominal, FireDisposition.Coalesced) with { CoalescedInto = target, Count = beyond },
            });
        }

        foreach (var nominal in latest)
        {
            fires.Add(request.Misfire switch
            {
                MisfirePolicy.All => Run(request, nominal, misfired: true),
                MisfirePolicy.Skip => NotRun(nominal, FireDisposition.Skipped) with { Reason = SkipReason.Misfire },
                _ when nominal == target => Run(request, nominal, misfired: true),
                _ => NotRun(nominal, FireDisposition.Coalesced) with { CoalescedInto = target },
            });
        }

        return beyond;
    }

    private static PlannedFire NotRun(DateTimeOffset nominal, FireDisposition disposition) => new(nominal, nominal, disposition) { Misfired = true };
}
