namespace Signalbox.Scheduling;

/// <summary>Finds the latest of possibly millions of missed fires without walking through all of them.</summary>
internal static class MissedFires
{
    /// <summary>The last fires before an instant, at most the catch-up limit of them, in order, and how many there are in all.</summary>
    public static (List<DateTimeOffset> Latest, long Total) Before(FirePlanRequest request, DateTimeOffset until)
    {
        var (from, limit) = (request.NextNominal, request.CatchUpLimit);

        // No schedule fires more than once a second, so the first stretch holds at most the limit; longer ones follow until one holds enough.
        for (var width = TimeSpan.FromSeconds(limit);; width *= 4)
        {
            var reachesStart = until - from <= width;
            var fires = Collect(request.Schedule, reachesStart ? from : until - width, until, reachesStart ? from : null);
            if (reachesStart || fires.Count >= limit)
            {
                var total = reachesStart ? fires.Count : 1 + request.Schedule.CountBetween(from.AddTicks(1), until);
                return (fires.Count > limit ? fires[^limit..] : fires, total);
            }
        }
    }

    private static List<DateTimeOffset> Collect(Schedule schedule, DateTimeOffset from, DateTimeOffset until, DateTimeOffset? first)
    {
        var fires = new List<DateTimeOffset>();
        if (first is { } known)
        {
            fires.Add(known);
        }

        for (var fire = schedule.Next(first ?? from.AddTicks(-1)); fire is { } found && found.At < until; fire = schedule.Next(found.At))
        {
            fires.Add(found.At);
        }

        return fires;
    }
}
