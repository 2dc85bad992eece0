using System.Collections.Concurrent;
using Signalbox.Scheduling;

namespace Signalbox.Server.Jobs.Engine.Accounts;

/// <summary>Remembers the schedules of periods, so that they are not read anew for each comparison.</summary>
/// <remarks>Keeps at most <see cref="EngineOptions.DefinitionCache"/> periods; beyond that all are forgotten, and read again as they are needed. Thread-safe.</remarks>
internal sealed class PeriodCache(EngineOptions options)
{
    private readonly ConcurrentDictionary<(string JobId, long FromMs), Entry> _entries = new();

    /// <exception cref="InvalidOperationException">The stored schedule does not hold.</exception>
    public SchedulePeriod Read(PeriodRow row) => PeriodOf(row, EntryOf(row).Schedule);

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

        return _entries[key] = new Entry(row.Schedule, row.JobName, row.ReadSchedule());
    }

    private sealed record Entry(string Text, string JobName, Schedule Schedule);
}
