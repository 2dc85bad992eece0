using Signalbox.Runner.Readings.Report;

namespace Signalbox.Runner.Readings;

/// <summary>Entries that came from one file of facts: the first ones and the last ones, when there are too many.</summary>
internal sealed class TimelineLane(int first, int last)
{
    private readonly List<Kept> _first = [];
    private readonly Queue<Kept> _last = new();

    /// <summary>Entries that are not kept.</summary>
    public long Omitted { get; private set; }

    public IEnumerable<TimelineEntry> Entries => _first.Concat(_last).Select(static kept => kept.Entry);

    /// <summary>Adds one at the end.</summary>
    /// <param name="dropped">What had to go for it, if anything.</param>
    /// <returns>Where it is kept; null when it is not.</returns>
    public Kept? Add(TimelineEntry entry, out Kept? dropped)
    {
        dropped = null;
        var kept = new Kept { Entry = entry };
        if (_first.Count < first)
        {
            _first.Add(kept);
            return kept;
        }

        if (last == 0)
        {
            Omitted++;
            return null;
        }

        if (_last.Count == last)
        {
            dropped = _last.Dequeue();
            Omitted++;
        }

        _last.Enqueue(kept);
        return kept;
    }

    /// <summary>An entry that may still learn how it ended.</summary>
    internal sealed class Kept
    {
        public required TimelineEntry Entry { get; set; }
    }
}
