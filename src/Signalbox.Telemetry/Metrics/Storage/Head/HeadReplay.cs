using Signalbox.PromQL.Model;
using Signalbox.Telemetry.Metrics.Storage.Log;

namespace Signalbox.Telemetry.Metrics.Storage.Head;

/// <summary>Builds the head from the log, leaving out what day files already hold.</summary>
/// <param name="isOnDisk">Whether a sample of this time has been moved to disk, or given up, before.</param>
internal sealed class HeadReplay(HeadSet heads, Func<long, bool> isOnDisk) : ILogReceiver
{
    private readonly List<HeadSeries?> _series = [];
    private LogSegment? _segment;

    public long Samples { get; private set; }

    public long Skipped { get; private set; }

    public void BeginSegment(LogSegment segment)
    {
        _segment = segment;
        _series.Clear();
    }

    public void Series(TenantId tenant, long number, ReadOnlySpan<byte> key)
    {
        if (!Writing.SeriesText.IsKey(key) || number < _series.Count || number > _series.Count + (16L << 20))
        {
            throw new InvalidDataException("A log record introduces a series that cannot be one.");
        }

        // Numbers are missing only behind damage; their samples are then reported as lost.
        while (_series.Count < number)
        {
            _series.Add(null);
        }

        var head = heads.Get(tenant);
        var hash = KeyHash.Of(key);
        _series.Add(head.Find(hash, key) ?? head.Add(hash, key));
    }

    public bool Sample(long number, long time, double value, HistogramSample? histogram)
    {
        if (number < 0 || number >= _series.Count || _series[(int)number] is not { } series)
        {
            return false;
        }

        _segment!.NewestTime = Math.Max(_segment.NewestTime, time);
        if (isOnDisk(time))
        {
            Skipped++;
            return true;
        }

        // A group that failed halfway may be in the log although its sender was told to try again; the head keeps one of the two.
        if (series.Add(time, value, histogram))
        {
            Samples++;
            heads.CountSamples(1);
            if (!series.IsIndexed)
            {
                series.Tenant.Publish(series);
            }
        }

        return true;
    }

    public void Metadata(TenantId tenant, MetricMetadata metadata) => heads.Get(tenant).Metadata.Set(metadata);
}
