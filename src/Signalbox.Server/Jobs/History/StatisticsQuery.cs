using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Jobs.History;

/// <summary>Answers how executions went in a period.</summary>
internal sealed class StatisticsQuery(ControlDatabase database, TimeProvider clock)
{
    private const int MostCauses = 20;

    /// <summary>An answer by hour over a longer time would be larger than anybody reads.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3660);

    private static readonly TimeSpan Usual = TimeSpan.FromDays(7);

    /// <param name="from">Null for a week before the end.</param>
    /// <param name="to">Null for now.</param>
    /// <param name="by"><c>task</c>, <c>none</c>, <c>hour</c> or <c>day</c>; null for <c>none</c>.</param>
    public async Task<Outcome<StatisticsAnswer>> RunAsync(string tenant, string? taskId, DateTimeOffset? from, DateTimeOffset? to, string? by, CancellationToken cancellationToken)
    {
        if (by is not (null or "none" or "task" or "hour" or "day"))
        {
            return Refusal.Invalid("by", $"'{by}' is not one of task, none, hour, day.");
        }

        var asked = AskedPeriod.Of(from, to, clock.GetUtcNow(), Usual, Longest);
        if (asked is Outcome<AskedPeriod>.Refused { Refusal: var refusal })
        {
            return refusal;
        }

        var (begin, end) = ((Outcome<AskedPeriod>.Done)asked).Value;
        var period = StatisticsPeriod.Of(begin, end);
        return await database.ReadAsync(session => AnswerAsync(session, tenant, taskId, by == "day" ? period.InDays() : period, by ?? "none"), cancellationToken);
    }

    private static async Task<Outcome<StatisticsAnswer>> AnswerAsync(ControlSession session, string tenant, string? taskId, StatisticsPeriod period, string by)
    {
        var sums = await StatisticsStore.ListAsync(session, tenant, taskId, period, byJob: by == "task", byStart: by is "hour" or "day");
        var items = by switch
        {
            "task" => ByTask(sums, await StatisticsStore.ListCausesAsync(session, tenant, taskId, period, byJob: true)),
            "hour" => [.. sums.OrderBy(static sum => sum.StartMs).ThenBy(static sum => sum.Span, StringComparer.Ordinal).Select(static sum => sum.ToItem(null, Instant(sum.StartMs), []))],
            "day" => ByDay(sums),
            _ => [sums.Single().ToItem(null, null, CausesOf(await StatisticsStore.ListCausesAsync(session, tenant, taskId, period, byJob: false)))],
        };
        var days = period.FromDayMs < period.FromMs && await StatisticsStore.HasDaysAsync(session, tenant, taskId, period.FromDayMs, Math.Min(period.ToMs, period.FromDayMs + 1));
        return new StatisticsAnswer(Instant(days ? period.FromDayMs : period.FromMs), Instant(period.ToMs), items);
    }

    private static List<StatisticsItem> ByTask(IReadOnlyList<StatisticsSum> sums, IReadOnlyList<CauseSum> causes)
    {
        var byJob = causes.ToLookup(static cause => cause.JobId, StringComparer.Ordinal);
        return [.. sums.Select(sum => sum.ToItem(sum.JobId, null, CausesOf(byJob[sum.JobId])))];
    }

    private static List<StatisticsItem> ByDay(IReadOnlyList<StatisticsSum> sums)
    {
        var days = new SortedDictionary<long, StatisticsSum>();
        foreach (var sum in sums)
        {
            var start = StatisticsPeriod.Floor(sum.StartMs, StatisticsPeriod.DayMs);
            if (!days.TryGetValue(start, out var day))
            {
                days[start] = day = StatisticsSum.Empty();
            }

            day.Add(sum);
        }

        return [.. days.Select(static day => day.Value.ToItem(null, Instant(day.Key), []))];
    }

    private static List<CauseCount> CausesOf(IEnumerable<CauseSum> causes) => [.. causes.Take(MostCauses).Select(static cause => new CauseCount(cause.Cause, cause.Count))];

    private static DateTimeOffset Instant(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
