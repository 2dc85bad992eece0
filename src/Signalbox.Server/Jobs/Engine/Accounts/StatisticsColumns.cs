namespace Signalbox.Server.Jobs.Engine.Accounts;

/// <summary>The columns of <c>job_statistics</c>.</summary>
internal static class StatisticsColumns
{
    /// <summary>Those that are added up; <c>max_ms</c> is the only one that is not.</summary>
    public static IReadOnlyList<string> Summed { get; } =
    [
        "succeeded", "failed", "timed_out", "cancelled", "abandoned", "lost", "late", "coalesced", "skipped", "missed", "sum_ms",
        .. DurationBuckets.Columns,
    ];

    private static readonly Dictionary<string, int> Places = Summed.Select(static (column, index) => (column, index)).ToDictionary(static pair => pair.column, static pair => pair.index, StringComparer.Ordinal);

    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    public static int IndexOf(string column) => Places[column];

    /// <param name="state">A final state on the wire.</param>
    public static string OfState(string state) => state == "timedOut" ? "timed_out" : state;
}
