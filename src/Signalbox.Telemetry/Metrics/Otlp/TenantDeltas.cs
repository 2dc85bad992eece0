namespace Signalbox.Telemetry.Metrics.Otlp;

/// <summary>The delta series of one tenant, the most recently used first.</summary>
/// <remarks>Not thread-safe: its owner locks it.</remarks>
internal sealed class TenantDeltas
{
    private readonly Dictionary<byte[], DeltaSeries> _series = new(ByteKeyComparer.Instance);
    private readonly Dictionary<byte[], DeltaSeries>.AlternateLookup<ReadOnlySpan<byte>> _bySpan;
    private DeltaSeries? _newest;
    private DeltaSeries? _oldest;

    public TenantDeltas() => _bySpan = _series.GetAlternateLookup<ReadOnlySpan<byte>>();

    public Lock Gate { get; } = new();

    public int Count => _series.Count;

    /// <summary>Finds or makes the series and moves it to the front; one of another kind under the same key is replaced.</summary>
    public DeltaSeries Use(ReadOnlySpan<byte> key, OtlpMetricKind kind, long now)
    {
        if (_bySpan.TryGetValue(key, out var series))
        {
            Unlink(series);
        }

        if (series is null || !series.Is(kind))
        {
            series = DeltaSeries.Create(key.ToArray(), kind);
            _series[series.Key] = series;
        }

        series.LastUsed = now;
        series.Older = _newest;
        if (_newest is not null)
        {
            _newest.Newer = series;
        }

        _newest = series;
        _oldest ??= series;
        return series;
    }

    /// <summary>Forgets the series last used before a timestamp.</summary>
    /// <returns>How many.</returns>
    public int RemoveUnusedSince(long timestamp)
    {
        var removed = 0;
        while (_oldest is not null && _oldest.LastUsed < timestamp)
        {
            RemoveOldest();
            removed++;
        }

        return removed;
    }

    public void RemoveOldest()
    {
        if (_oldest is { } series)
        {
            Unlink(series);
            _series.Remove(series.Key);
        }
    }

    private void Unlink(DeltaSeries series)
    {
        if (series.Newer is not null)
        {
            series.Newer.Older = series.Older;
        }
        else
        {
            _newest = series.Older;
        }

        if (series.Older is not null)
        {
            series.Older.Newer = series.Newer;
        }
        else
        {
            _oldest = series.Newer;
        }

        series.Newer = null;
        series.Older = null;
    }
}
