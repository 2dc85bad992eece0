using Signalbox.Server.Ingest.Families;

namespace Signalbox.Server.Ingest.Scrape;

/// <summary>Remembers for each series, as the target writes it, the key it becomes after all relabelling, so that only new series are worked on.</summary>
/// <remarks>One instance a target; not thread-safe. Bounded by the series of one scrape: what a scrape did not bring is forgotten.</remarks>
internal sealed class ScrapeCache
{
    private readonly Dictionary<byte[], ScrapeCacheEntry> _entries = new(SeriesKeyComparer.Instance);
    private readonly Dictionary<byte[], ScrapeCacheEntry>.AlternateLookup<ReadOnlySpan<byte>> _bySpan;
    private long _round;
    private int _seen;

    public ScrapeCache() => _bySpan = _entries.GetAlternateLookup<ReadOnlySpan<byte>>();

    public int Count => _entries.Count;

    public void BeginRound()
    {
        _round++;
        _seen = 0;
    }

    public ScrapeCacheEntry? Find(ReadOnlySpan<byte> series)
    {
        if (!_bySpan.TryGetValue(series, out var entry))
        {
            return null;
        }

        Touch(entry);
        return entry;
    }

    /// <param name="key">Null when relabelling drops the series.</param>
    public ScrapeCacheEntry Add(ReadOnlySpan<byte> series, byte[]? key, int labelCount)
    {
        var entry = new ScrapeCacheEntry(key, labelCount);
        _bySpan[series] = entry;
        Touch(entry);
        return entry;
    }

    public void EndRound()
    {
        if (_seen == _entries.Count)
        {
            return;
        }

        foreach (var (series, entry) in _entries)
        {
            if (entry.Round != _round)
            {
                _entries.Remove(series);
            }
        }
    }

    public void Clear() => _entries.Clear();

    private void Touch(ScrapeCacheEntry entry)
    {
        if (entry.Round != _round)
        {
            entry.Round = _round;
            _seen++;
        }
    }
}

/// <summary>What one series of a target becomes.</summary>
/// <param name="key">Null when relabelling drops it.</param>
internal sealed class ScrapeCacheEntry(byte[]? key, int labelCount)
{
    public byte[]? Key { get; } = key;

    public int LabelCount { get; } = labelCount;

    public long Round { get; set; }
}
