using Signalbox.PromQL;
using Signalbox.PromQL.Model;
using Signalbox.Telemetry.Metrics.Storage.Chunks;
using Signalbox.Telemetry.Metrics.Storage.Days;
using Signalbox.Telemetry.Metrics.Storage.Index;

namespace Signalbox.Telemetry.Metrics.Storage.Head;

/// <summary>One series with samples in memory.</summary>
/// <remarks>Changed by the store's one writer only; <see cref="Chunks"/> may be read at any time.</remarks>
internal sealed class HeadSeries(TenantHead tenant, SeriesIdentity identity) : IIndexedSeries
{
    /// <summary>Samples at which a chunk is closed; a late sample may still take it up to twice as many.</summary>
    public const int SamplesPerChunk = 120;

    private HeadChunk[] _chunks = [];
    private XorState _floats;
    private HistogramState? _histograms;
    private bool _open;

    public TenantHead Tenant { get; } = tenant;

    public SeriesIdentity Identity { get; } = identity;

    /// <summary>The next series of the same tenant whose key has the same hash.</summary>
    public HeadSeries? NextOfHash { get; set; }

    /// <summary>In time order, not overlapping.</summary>
    public HeadChunk[] Chunks => Volatile.Read(ref _chunks);

    /// <summary>Time of the newest sample ever accepted, those waiting for their commit included.</summary>
    public long NewestTime { get; set; } = long.MinValue;

    /// <summary>Time of the newest sample ever committed.</summary>
    public long CommittedTime { get; private set; } = long.MinValue;

    /// <summary>Where the samples that wait for their commit start in the commit group; −1 when there are none.</summary>
    public int Pending { get; set; } = -1;

    /// <summary>The log segment that last introduced this series, and its number there.</summary>
    public long LogSegment { get; set; } = -1;

    public int LogNumber { get; set; }

    /// <summary>Whether readers can find the series.</summary>
    public bool IsIndexed { get; set; }

    /// <summary>The day file that last took samples of this series, and its number there.</summary>
    /// <remarks>The file itself rather than its day: a day that was deleted and begun again numbers its series anew.</remarks>
    public DayFile? DayFile { get; set; }

    public int DaySeriesId { get; set; }

    public bool Overlaps(TimeWindow window)
    {
        var chunks = Chunks;
        return chunks.Length > 0 && chunks[0].MinTime <= window.To && chunks[^1].MaxTime >= window.From;
    }

    /// <summary>Adds a committed sample; one that is already there is left alone.</summary>
    /// <returns>Whether it was added.</returns>
    public bool Add(long time, double value, HistogramSample? histogram)
    {
        if (_chunks.Length > 0 && time <= _chunks[^1].MaxTime)
        {
            return Insert(new MetricSample(time, value, histogram));
        }

        Append(time, value, histogram);
        CommittedTime = time;
        NewestTime = Math.Max(NewestTime, time);
        return true;
    }

    /// <summary>The committed sample at a time, if there is one.</summary>
    public MetricSample? Find(long time)
    {
        foreach (var chunk in _chunks)
        {
            if (time >= chunk.MinTime && time <= chunk.MaxTime)
            {
                using var found = new SampleBuffer();
                chunk.Read(new TimeWindow(time, time), found);
                return found.Count == 0 ? null : new MetricSample(time, found.Values[0], found.HistogramAt(0));
            }
        }

        return null;
    }

    /// <summary>Forgets chunks that end before a boundary.</summary>
    /// <returns>Samples forgotten.</returns>
    public int Trim(long boundary)
    {
        var gone = 0;
        var samples = 0;
        while (gone < _chunks.Length && _chunks[gone].MaxTime < boundary)
        {
            samples += _chunks[gone].Count;
            gone++;
        }

        if (gone > 0)
        {
            _open &= gone < _chunks.Length;
            Volatile.Write(ref _chunks, _chunks[gone..]);
        }

        return samples;
    }

    private void Append(long time, double value, HistogramSample? histogram)
    {
        var version = histogram is null ? ChunkVersion.Xor : ChunkVersion.Histogram;
        if (!_open || _chunks[^1].Version != version || _chunks[^1].Count >= SamplesPerChunk)
        {
            Close();
            Volatile.Write(ref _chunks, [.. _chunks, Begin(version, time, value, histogram)]);
            _open = true;
            return;
        }

        AppendTo(_chunks[^1], time, value, histogram);
    }

    private HeadChunk Begin(ChunkVersion version, long time, double value, HistogramSample? histogram)
    {
        _histograms = histogram is null ? null : new HistogramState();
        var chunk = new HeadChunk(version, time);
        AppendTo(chunk, time, value, histogram);
        return chunk;
    }

    private void AppendTo(HeadChunk chunk, long time, double value, HistogramSample? histogram)
    {
        if (histogram is null)
        {
            chunk.Append(ref _floats, time, value);
        }
        else
        {
            chunk.Append(_histograms!, time, histogram);
        }
    }

    private void Close()
    {
        if (_open)
        {
            var last = _chunks[^1];
            last.Close(last.Version == ChunkVersion.Xor ? (_floats.Bits + 7) / 8 : _histograms!.Length);
            _open = false;
        }
    }

    // A late sample: the chunk it falls into is encoded anew and swapped in, so that readers of the old one are not disturbed.
    private bool Insert(MetricSample sample)
    {
        var at = _chunks.Length - 1;
        while (at > 0 && _chunks[at].MinTime > sample.Timestamp)
        {
            at--;
        }

        using var old = new SampleBuffer();
        _chunks[at].Read(new TimeWindow(long.MinValue, long.MaxValue), old);
        var position = old.Timestamps.BinarySearch(sample.Timestamp);
        if (position >= 0)
        {
            return false;
        }

        var merged = new List<MetricSample>(old.Count + 1);
        for (var index = 0; index < old.Count; index++)
        {
            merged.Add(new MetricSample(old.Timestamps[index], old.Values[index], old.HistogramAt(index)));
        }

        merged.Insert(~position, sample);
        Replace(at, merged);
        return true;
    }

    private void Replace(int at, List<MetricSample> samples)
    {
        var last = at == _chunks.Length - 1;
        var (floats, histograms, open) = (_floats, _histograms, _open);
        var replaced = new List<HeadChunk>();
        HeadChunk? current = null;
        var room = samples.Count > 2 * SamplesPerChunk ? (samples.Count + 1) / 2 : samples.Count;
        foreach (var sample in samples)
        {
            var version = sample.Histogram is null ? ChunkVersion.Xor : ChunkVersion.Histogram;
            if (current is null || current.Version != version || current.Count >= room)
            {
                CloseReplaced(current);
                current = Begin(version, sample.Timestamp, sample.Value, sample.Histogram);
                replaced.Add(current);
                continue;
            }

            AppendTo(current, sample.Timestamp, sample.Value, sample.Histogram);
        }

        if (!last)
        {
            CloseReplaced(current);
            (_floats, _histograms, _open) = (floats, histograms, open);
        }
        else
        {
            _open = true;
        }

        Volatile.Write(ref _chunks, [.. _chunks[..at], .. replaced, .. _chunks[(at + 1)..]]);
    }

    private void CloseReplaced(HeadChunk? chunk) =>
        chunk?.Close(chunk.Version == ChunkVersion.Xor ? (_floats.Bits + 7) / 8 : _histograms!.Length);
}
