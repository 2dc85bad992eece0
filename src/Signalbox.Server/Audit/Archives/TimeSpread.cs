using Signalbox.Server.Audit.Search;
using Signalbox.Server.Audit.Storage;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Audit.Archives;

/// <summary>Finds the part of a log in which all events of a span of time stand.</summary>
/// <remarks>
/// Times do not simply grow with the sequence: mandatory events come by another way than the others, instances have clocks of their own, and clocks are
/// set back. So every era counts whose times, as the index keeps them, reach into the span; of the outermost ones the rows decide.
/// </remarks>
internal static class TimeSpread
{
    /// <param name="times">In milliseconds: from, inclusive, and to, exclusive.</param>
    /// <returns>Sequence of the first such event, and the one after the last; both the same when there is none.</returns>
    public static async Task<(long First, long Until)> FindAsync(ControlSession session, LogRow log, (long From, long To) times, EraShape shape)
    {
        if (times is { From: long.MinValue, To: long.MaxValue } || log.First >= log.Size)
        {
            return (log.First, log.Size);
        }

        var (low, high) = (shape.EraOf(log.First), shape.EraOf(log.Size - 1));
        var known = (await EraRows.ListAsync(session, log.Log, (low, high), long.MinValue, long.MaxValue)).ToDictionary(static row => row.Era);
        bool MayHave(long era) => !known.TryGetValue(era, out var row) || (row.LastMs >= times.From && row.FirstMs < times.To);

        for (var era = low; era <= high; era++)
        {
            if (MayHave(era) && (await PlacesAsync(session, log, era, times, shape)) is [var first, ..])
            {
                for (var last = high; ; last--)
                {
                    if (MayHave(last) && (await PlacesAsync(session, log, last, times, shape)) is [.., var end])
                    {
                        return (first, end + 1);
                    }
                }
            }
        }

        return (log.Size, log.Size);
    }

    /// <summary>The sequences of an era's events in the span.</summary>
    private static async Task<IReadOnlyList<long>> PlacesAsync(ControlSession session, LogRow log, long era, (long From, long To) times, EraShape shape)
    {
        var positions = await session.ListAsync<long>(
            "SELECT position FROM audit_events WHERE position >= @low AND position < @high AND time_ms >= @from AND time_ms < @to ORDER BY position",
            new
            {
                low = EventPosition.Of(log.Log, Math.Max(log.First, shape.FirstOf(era))),
                high = EventPosition.Of(log.Log, Math.Min(log.Size, shape.FirstOf(era + 1))),
                from = times.From,
                to = times.To,
            });
        return [.. positions.Select(EventPosition.SequenceOf)];
    }
}
