namespace Signalbox.Scheduling;

/// <summary>Matches planned fires with observed runs by time alone, as a judge does who trusts no record of the scheduler.</summary>
/// <remarks>
/// Each fire wants one run of its own that starts within a tolerance of it. All windows have the same length, so giving each fire in turn the earliest run left
/// matches as many as any other way. Source: https://jepsen.io/analyses/chronos (the idea of the checker)
/// </remarks>
public static class RunMatching
{
    /// <summary>Matches fires and runs; both are sorted first.</summary>
    /// <param name="early">How much earlier than its fire a run may seem to start, for clocks that differ.</param>
    /// <param name="late">How much later it may start.</param>
    public static RunMatchingReport Match(IEnumerable<DateTimeOffset> fires, IEnumerable<ObservedRun> runs, TimeSpan early, TimeSpan late)
    {
        var left = runs.OrderBy(static run => run.Start).ToList();
        var matched = new List<(DateTimeOffset Fire, ObservedRun Run)>();
        var unsatisfied = new List<DateTimeOffset>();
        var extra = new List<ObservedRun>();
        var at = 0;
        foreach (var fire in fires.Order())
        {
            for (; at < left.Count && left[at].Start < fire - early; at++)
            {
                extra.Add(left[at]);
            }

            if (at < left.Count && left[at].Start <= fire + late)
            {
                matched.Add((fire, left[at++]));
            }
            else
            {
                unsatisfied.Add(fire);
            }
        }

        extra.AddRange(left[at..]);
        return new RunMatchingReport(matched, unsatisfied, extra, Overlapping(left));
    }

    /// <summary>Pairs of runs of which one started before the other, begun earlier, had ended; each run is compared with the one that ends last before it.</summary>
    private static List<(ObservedRun Earlier, ObservedRun Later)> Overlapping(List<ObservedRun> runs)
    {
        var pairs = new List<(ObservedRun Earlier, ObservedRun Later)>();
        for (var (index, longest) = (1, 0); index < runs.Count; index++)
        {
            if (EndOf(runs[longest]) > runs[index].Start)
            {
                pairs.Add((runs[longest], runs[index]));
            }

            longest = EndOf(runs[index]) > EndOf(runs[longest]) ? index : longest;
        }

        return pairs;
    }

    private static DateTimeOffset EndOf(ObservedRun run) => run.End ?? DateTimeOffset.MaxValue;
}
