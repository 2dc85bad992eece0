namespace Signalbox.Scheduling;

/// <summary>Compares what schedules planned with what the records say, so that no fire is lost silently and none is made up.</summary>
public static class Accountability
{
    /// <summary>The most missed and extra fires that a report lists each; all are counted.</summary>
    public const int MaxListed = 10_000;

    /// <summary>Compares one job's plan with its records in the window (<paramref name="after"/>, <paramref name="until"/>], in time linear in both.</summary>
    /// <param name="periods">The schedules and when they were in force, in order and without overlap; while none was, nothing was planned.</param>
    /// <param name="accounted">
    /// The records in the order of their nominal times. A record with a count that begins before the window and reaches into it must be among them;
    /// what such a record covers before the window is not compared.
    /// </param>
    /// <exception cref="ArgumentException">Periods or records are out of order.</exception>
    public static AccountabilityReport Compare(
        IReadOnlyList<SchedulePeriod> periods, IEnumerable<AccountedFire> accounted, DateTimeOffset after, DateTimeOffset until)
    {
        var comparison = new AccountabilityComparison();
        using var planned = PlannedFires(periods, after, until).GetEnumerator();
        var hasPlanned = planned.MoveNext();
        var last = DateTimeOffset.MinValue;
        foreach (var record in accounted)
        {
            if (record.Nominal < last)
            {
                throw new ArgumentException("Records must come in the order of their nominal times.", nameof(accounted));
            }

            last = record.Nominal;
            if (record.Nominal > until)
            {
                break;
            }

            while (hasPlanned && planned.Current < record.Nominal)
            {
                comparison.Miss(planned.Current);
                hasPlanned = planned.MoveNext();
            }

            var isInside = record.Nominal > after;
            var left = isInside ? record.Count : record.Count > 1 ? record.Count - CountUpTo(periods, record.Nominal, after) : 0;
            if (isInside && (!hasPlanned || planned.Current != record.Nominal))
            {
                comparison.AddExtra(record);
                continue;
            }

            for (; hasPlanned && left > 0; left--)
            {
                comparison.Match();
                hasPlanned = planned.MoveNext();
            }
        }

        for (; hasPlanned; hasPlanned = planned.MoveNext())
        {
            comparison.Miss(planned.Current);
        }

        return comparison.ToReport();
    }

    /// <summary>All nominal times that the schedules in force plan in (<paramref name="after"/>, <paramref name="until"/>], in order.</summary>
    public static IEnumerable<DateTimeOffset> PlannedFires(IReadOnlyList<SchedulePeriod> periods, DateTimeOffset after, DateTimeOffset until)
    {
        var covered = after;
        for (var index = 0; index < periods.Count; index++)
        {
            var (schedule, from, to) = periods[index];
            if (index > 0 && !(periods[index - 1].Until <= from))
            {
                throw new ArgumentException("Periods must come in order and must not overlap.", nameof(periods));
            }

            var end = to is { } ended && ended < until ? ended : until;
            for (var fire = schedule.Next(from > covered ? from : covered); fire is { } found && found.At <= end; fire = schedule.Next(found.At))
            {
                yield return found.At;
            }
        }
    }

    private static long CountUpTo(IReadOnlyList<SchedulePeriod> periods, DateTimeOffset from, DateTimeOffset until)
    {
        var count = 0L;
        foreach (var (schedule, start, end) in periods)
        {
            var (first, last) = (start < from ? from : start.AddTicks(1), end is { } ended && ended < until ? ended : until);
            count += first <= last ? schedule.CountBetween(first, last.AddTicks(1)) : 0;
        }

        return count;
    }
}
