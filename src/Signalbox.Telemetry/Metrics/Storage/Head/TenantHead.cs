using System.Runtime.InteropServices;
using Signalbox.Telemetry.Metrics.Storage.Index;

namespace Signalbox.Telemetry.Metrics.Storage.Head;

/// <summary>What is in memory of one tenant: its series, found by key for writing and by labels for reading.</summary>
/// <remarks>The key table belongs to the store's one writer; <see cref="Index"/> may be read at any time.</remarks>
internal sealed class TenantHead(TenantId id)
{
    private readonly Dictionary<ulong, HeadSeries> _byHash = [];
    private SeriesIndex<HeadSeries> _index = new();
    private int _count;
    private int _dead;

    public TenantId Id { get; } = id;

    public TenantMetadata Metadata { get; } = new();

    public SeriesIndex<HeadSeries> Index => Volatile.Read(ref _index);

    public int SeriesCount => Volatile.Read(ref _count);

    /// <summary>Whether so much of the index points to forgotten series that it should be built anew.</summary>
    public bool NeedsCompaction => _dead > 1000 && _dead * 4L > Index.Count;

    public HeadSeries? Find(ulong hash, ReadOnlySpan<byte> key)
    {
        ref var first = ref CollectionsMarshal.GetValueRefOrNullRef(_byHash, hash);
        if (System.Runtime.CompilerServices.Unsafe.IsNullRef(ref first))
        {
            return null;
        }

        for (var series = first; series is not null; series = series.NextOfHash)
        {
            if (key.SequenceEqual(series.Identity.Key))
            {
                return series;
            }
        }

        return null;
    }

    /// <summary>Adds a series for writing; readers find it after <see cref="Publish"/>.</summary>
    public HeadSeries Add(ulong hash, ReadOnlySpan<byte> key)
    {
        var series = new HeadSeries(this, new SeriesIdentity(key.ToArray(), hash));
        ref var first = ref CollectionsMarshal.GetValueRefOrAddDefault(_byHash, hash, out _);
        series.NextOfHash = first;
        first = series;
        Volatile.Write(ref _count, _count + 1);
        return series;
    }

    public void Publish(HeadSeries series)
    {
        _index.Add(series);
        series.IsIndexed = true;
    }

    /// <summary>Forgets the series that have no samples in memory.</summary>
    public void RemoveEmpty()
    {
        var empty = new List<HeadSeries>();
        foreach (var first in _byHash.Values)
        {
            for (var series = first; series is not null; series = series.NextOfHash)
            {
                if (series.Chunks.Length == 0)
                {
                    empty.Add(series);
                }
            }
        }

        empty.ForEach(Remove);
    }

    public void Remove(HeadSeries series)
    {
        ref var first = ref CollectionsMarshal.GetValueRefOrAddDefault(_byHash, series.Identity.Hash, out _);
        if (ReferenceEquals(first, series))
        {
            first = series.NextOfHash;
        }
        else
        {
            for (var before = first; before is not null; before = before.NextOfHash)
            {
                if (ReferenceEquals(before.NextOfHash, series))
                {
                    before.NextOfHash = series.NextOfHash;
                    break;
                }
            }
        }

        if (first is null)
        {
            _byHash.Remove(series.Identity.Hash);
        }

        Volatile.Write(ref _count, _count - 1);
        _dead += series.IsIndexed ? 1 : 0;
    }

    /// <summary>Builds an index of the series that still have samples; may run beside the writer.</summary>
    /// <returns>The index, and how many series of the old one it has seen.</returns>
    public (SeriesIndex<HeadSeries> Compacted, int Seen) Compact()
    {
        var compacted = new SeriesIndex<HeadSeries>();
        var series = Index.Series;
        AddLiving(compacted, series);
        return (compacted, series.Length);
    }

    /// <summary>Puts a compacted index in place; run by the writer.</summary>
    public void Replace(SeriesIndex<HeadSeries> compacted, int seen)
    {
        AddLiving(compacted, _index.Series[seen..]);
        _dead = 0;
        Volatile.Write(ref _index, compacted);
    }

    private static void AddLiving(SeriesIndex<HeadSeries> target, ReadOnlySpan<HeadSeries> series)
    {
        foreach (var one in series)
        {
            if (one.Chunks.Length > 0)
            {
                target.Add(one);
            }
        }
    }
}
