using System.Numerics;

namespace Signalbox.Server.Jobs.Engine;

/// <summary>The buckets in which statistics count how long executions ran: columns <c>b01</c> to <c>b26</c> of <c>job_statistics</c>.</summary>
/// <remarks>Bucket 1 holds up to 1 ms, each next one up to twice as much, bucket 25 up to 2^24 ms (4 h 39 min), bucket 26 everything above.</remarks>
internal static class DurationBuckets
{
    public const int Count = 26;

    /// <summary>The greatest duration in milliseconds of each bucket but the last, which has none.</summary>
    public static IReadOnlyList<long> UpperBounds { get; } = [.. Enumerable.Range(0, Count - 1).Select(static power => 1L << power)];

    /// <summary>The columns' names, in order.</summary>
    public static IReadOnlyList<string> Columns { get; } = [.. Enumerable.Range(1, Count).Select(static number => $"b{number:00}")];

    /// <returns>The bucket's number from 1 to <see cref="Count"/>.</returns>
    public static int Of(long milliseconds) => milliseconds <= 1 ? 1 : Math.Min(Count, BitOperations.Log2((ulong)(milliseconds - 1)) + 2);
}
