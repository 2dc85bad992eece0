namespace Signalbox.Server.Runs.News;

/// <summary>How far the runs of one tenant have been told of.</summary>
internal sealed class RunMarks(long sinceMs, long count)
{
    /// <summary>What a transaction wrote may become visible this long after the time it wrote down.</summary>
    private const long OverlapMs = 2000;

    private readonly Dictionary<string, (int Revision, long AtMs)> _told = new(StringComparer.Ordinal);

    /// <summary>Everything from here on is read; what was told of it before is left out.</summary>
    public long SinceMs { get; private set; } = sinceMs - OverlapMs;

    /// <summary>Number of the tenant's runs at the last look.</summary>
    public long Count { get; private set; } = count;

    public bool IsNew(string id, int revision, long atMs)
    {
        if (_told.TryGetValue(id, out var told) && told == (revision, atMs))
        {
            return false;
        }

        _told[id] = (revision, atMs);
        return true;
    }

    /// <summary>Goes on to a time of the database's clock.</summary>
    public void AdvanceTo(long nowMs, long count)
    {
        Count = count;
        SinceMs = Math.Max(SinceMs, nowMs - OverlapMs);
        foreach (var id in _told.Where(pair => pair.Value.AtMs < SinceMs).Select(static pair => pair.Key).ToList())
        {
            _told.Remove(id);
        }
    }
}
