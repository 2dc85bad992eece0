using System.Globalization;
using Signalbox.Server.Jobs.Engine;

namespace Signalbox.Server.Jobs.History;

/// <summary>Statistics added up over several kept periods.</summary>
internal sealed class StatisticsSum
{
    private static readonly string[] Counts = ["succeeded", "failed", "timed_out", "cancelled", "abandoned", "lost", "late", "coalesced", "skipped", "missed", "sum_ms"];

    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly long[] _buckets = new long[DurationBuckets.Count];
    private long _maxMs;

    public string? JobId { get; private init; }

    /// <summary><c>hour</c> or <c>day</c>; null in sums that are not by time.</summary>
    public string? Span { get; private init; }

    public long StartMs { get; private init; }

    /// <summary>Reads a row of sums; a sum over nothing is null in SQL and 0 here.</summary>
    public static StatisticsSum Of(IDictionary<string, object?> row)
    {
        var sum = new StatisticsSum
        {
            JobId = row.TryGetValue("job_id", out var job) ? (string?)job : null,
            Span = row.TryGetValue("span", out var span) ? (string?)span : null,
            StartMs = row.TryGetValue("start_ms", out var start) ? NumberOf(start) : 0,
            _maxMs = NumberOf(row["max_ms"]),
        };
        foreach (var name in Counts)
        {
            sum._counts[name] = NumberOf(row[name]);
        }

        for (var index = 0; index < DurationBuckets.Count; index++)
        {
            sum._buckets[index] = NumberOf(row[DurationBuckets.Columns[index]]);
        }

        return sum;
    }

    public static StatisticsSum Empty() => new();

    public void Add(StatisticsSum other)
    {
        foreach (var (name, value) in other._counts)
        {
            _counts[name] = _counts.GetValueOrDefault(name) + value;
        }

        for (var index = 0; index < _buckets.Length; index++)
        {
            _buckets[index] += other._buckets[index];
        }

        _maxMs = Math.Max(_maxMs, other._maxMs);
    }

    public StatisticsItem ToItem(string? taskId, DateTimeOffset? start, IReadOnlyList<CauseCount> causes)
    {
        var timed = _buckets.Sum();
        var judged = Count("succeeded") + Count("failed") + Count("timed_out") + Count("abandoned") + Count("lost");
        return new StatisticsItem
        {
            TaskId = taskId,
            Start = start,
            Runs = judged + Count("cancelled"),
            Succeeded = Count("succeeded"),
            Failed = Count("failed"),
            TimedOut = Count("timed_out"),
            Cancelled = Count("cancelled"),
            Abandoned = Count("abandoned"),
            Lost = Count("lost"),
            Late = Count("late"),
            Coalesced = Count("coalesced"),
            Skipped = Count("skipped"),
            Missed = Count("missed"),
            SuccessRate = judged == 0 ? null : Math.Round((double)Count("succeeded") / judged, 6),
            MeanMs = timed == 0 ? null : Math.Round((double)Count("sum_ms") / timed, 3),
            P50Ms = BucketPercentile.Of(_buckets, _maxMs, 0.50),
            P90Ms = BucketPercentile.Of(_buckets, _maxMs, 0.90),
            P99Ms = BucketPercentile.Of(_buckets, _maxMs, 0.99),
            MaxMs = timed == 0 ? null : _maxMs,
            Causes = causes,
        };
    }

    private long Count(string name) => _counts.GetValueOrDefault(name);

    // Databases differ in the type of a sum: a whole number here, a decimal there.
    private static long NumberOf(object? value) => value is null or DBNull ? 0 : Convert.ToInt64(value, CultureInfo.InvariantCulture);
}

/// <summary>How often one cause occurred, as summed.</summary>
internal sealed record CauseSum
{
    public string? JobId { get; init; }

    public required string Cause { get; init; }

    public required long Count { get; init; }
}
