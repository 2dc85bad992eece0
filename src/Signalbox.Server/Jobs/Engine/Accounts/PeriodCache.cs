using System.Collections.Concurrent;
using Signalbox.Scheduling;

namespace Signalbox.Server.Jobs.Engine.Accounts;

/// <summary>Remembers the schedules of periods and their next fires, so that a job which seldom fires costs next to nothing to compare.</summary>
/// <remarks>Keeps at most <see cref="EngineOptions.DefinitionCache"/> periods; beyond that all are forgotten, and read again as they are needed. Thread-safe.</remarks>
internal sealed class PeriodCache(EngineOptions options)
{
    private readonly ConcurrentDictionary<(string JobId, long FromMs), Entry> _entries = new();

    /// <exception cref="InvalidOperationException">The stored schedule does not hold.</exception>
    public SchedulePeriod Read(PeriodRow row) => PeriodOf(row, EntryOf(row).Schedule);

    /// <summary>Whether a period plans a fire after one instant, up to and with another.</summary>
    /// <exception cref="InvalidOperationException">The stored schedule does not hold.</exception>
    public bool Fires(PeriodRow row, long afterMs, long untilMs)
    {
        var entry = EntryOf(row);
        var start = Math.Max(afterMs, row.FromMs);
        var end = Math.Min(untilMs, row.UntilMs ?? long.MaxValue);
        if (start < entry.AskedMs || entry.NextMs <= start)
        {
            entry = entry with { AskedMs = start, NextMs = entry.Schedule.Next(DateTimeOffset.FromUnixTimeMilliseconds(start))?.At.ToUnixTimeMilliseconds() ?? long.MaxValue };
            _entries[(row.JobId, row.FromMs)] = entry;
        }

        return entry.NextMs <= end;
    }

    private static SchedulePeriod PeriodOf(PeriodRow row, Schedule schedule) => new(
        schedule, DateTimeOffset.FromUnixTimeMilliseconds(row.FromMs), row.UntilMs is { } until ? DateTimeOffset.FromUnixTimeMilliseconds(until) : null);

    private Entry EntryOf(PeriodRow row)
    {
        var key = (row.JobId, row.FromMs);
        if (_entries.TryGetValue(key, out var known) && known.Text == row.Schedule && known.JobName == row.JobName)
        {
            return known;
        }

        if (_entries.Count >= options.DefinitionCache)
        {
            _entries.Clear();
        }

        // Nothing was asked yet, so the first question computes.
        return _entries[key] = new Entry(row.Schedule, row.JobName, row.ReadSchedule(), AskedMs: long.MaxValue, NextMs: long.MaxValue);
    }

    /// <param name="NextMs">The first fire after <paramref name="AskedMs"/>.</param>
    private sealed record Entry(string Text, string JobName, Schedule Schedule, long AskedMs, long NextMs);
}
