using Signalbox.PromQL.Model;
using Signalbox.Telemetry.Metrics.Storage.Chunks;
using Signalbox.Telemetry.Metrics.Storage.Head;
using Signalbox.Telemetry.Metrics.Storage.Log;

namespace Signalbox.Telemetry.Metrics.Storage.Writing;

/// <summary>Appends that become durable with one write: what they bring is judged, then logged, then shown to readers.</summary>
/// <remarks>Used by the store's one writer only. Nothing reaches a reader before it is in the log; a group that cannot be logged leaves no trace.</remarks>
internal sealed class CommitGroup(HeadSet heads, EmbeddedMetricStoreOptions options)
{
    /// <summary>A histogram and a description must each fit into one log record, many times over.</summary>
    private const int MaxHistogramParts = 20_000;
    private const int MaxMetadataCharacters = 16_384;

    /// <summary>Samples of one series in a group that are looked through one by one; more are found by their time.</summary>
    private const int MaxChain = 64;


    private readonly SeriesAdmission _admission = new(options);
    private readonly List<HeadSeries> _admitted = [];
    private readonly List<(TenantHead Tenant, MetricMetadata Metadata)> _metadata = [];
    private readonly HashSet<(TenantHead Tenant, string Family)> _newFamilies = [];
    private readonly Dictionary<TenantHead, int> _newFamilyCounts = [];
    private readonly Dictionary<HeadSeries, Dictionary<long, int>> _crowded = [];
    private PendingSample[] _pending = new PendingSample[4096];
    private long _floor;
    private long _latest;

    public List<AppendRequest> Requests { get; } = [];

    public int Count { get; private set; }

    public bool IsEmpty => Count == 0 && _metadata.Count == 0;

    public long NewestTime { get; private set; }

    public int MetadataRefused { get; private set; }

    /// <param name="now">Milliseconds since the Unix epoch.</param>
    public void Begin(long now)
    {
        Requests.Clear();
        _floor = Math.Max(heads.Floor, now - (long)options.Retention.TotalMilliseconds);
        _latest = now + (long)options.FutureTolerance.TotalMilliseconds;
        NewestTime = long.MinValue;
        MetadataRefused = 0;
    }

    /// <summary>Judges a request's samples and takes in those that pass.</summary>
    public void Add(AppendRequest request)
    {
        Requests.Add(request);
        var tenant = heads.Get(request.Tenant);
        var batch = request.Batch;
        for (var index = 0; index < batch.SeriesCount; index++)
        {
            var samples = batch.SamplesOf(index);
            if (samples.IsEmpty)
            {
                continue;
            }

            var key = batch.KeyOf(index);
            var series = tenant.Find(request.HashOf(index), key);
            if (series is null)
            {
                AddUnknown(request, tenant, index);
                continue;
            }

            foreach (var sample in samples)
            {
                Judge(request, series, key, sample);
            }
        }

        foreach (var metadata in batch.Metadata)
        {
            Describe(tenant, metadata);
        }
    }

    /// <summary>Writes the group as log records that belong to <paramref name="segment"/>.</summary>
    public void Encode(LogRecords records, LogSegment segment)
    {
        records.Clear();
        var pending = _pending.AsSpan(0, Count);
        foreach (var sample in pending)
        {
            var series = sample.Series;
            if (series.LogSegment != segment.Number)
            {
                series.LogSegment = segment.Number;
                series.LogNumber = segment.SeriesCount++;
                records.Series(series.Tenant.Id.Value, series.LogNumber, series.Identity.Key);
            }
        }

        foreach (var sample in pending)
        {
            if (sample.Histogram is null)
            {
                records.Float(sample.Series.LogNumber, sample.Time, sample.Value);
            }
        }

        foreach (var sample in pending)
        {
            if (sample.Histogram is not null)
            {
                records.Histogram(sample.Series.LogNumber, sample.Time, sample.Histogram);
            }
        }

        foreach (var (tenant, metadata) in _metadata)
        {
            records.Metadata(tenant.Id.Value, metadata);
        }

        records.End();
    }

    /// <summary>Shows the group to readers; it is in the log.</summary>
    public void Apply()
    {
        if (_crowded.Count > 0)
        {
            // In order of time they are appended to their series; as they came, each would have its chunk encoded anew.
            _pending.AsSpan(0, Count).Sort(static (left, right) => left.Time.CompareTo(right.Time));
        }

        foreach (ref readonly var sample in _pending.AsSpan(0, Count))
        {
            var series = sample.Series;
            series.Pending = -1;
            series.Add(sample.Time, sample.Value, sample.Histogram);
            if (!series.IsIndexed)
            {
                series.Tenant.Publish(series);
            }
        }

        foreach (var (tenant, metadata) in _metadata)
        {
            tenant.Metadata.Set(metadata);
        }

        heads.CountSamples(Count);
        Clear();
    }

    /// <summary>Forgets the group; it could not be logged.</summary>
    public void Discard()
    {
        foreach (ref readonly var sample in _pending.AsSpan(0, Count))
        {
            var series = sample.Series;
            series.Pending = -1;
            series.LogSegment = -1;
            series.NewestTime = series.CommittedTime;
        }

        foreach (var series in _admitted)
        {
            series.Tenant.Remove(series);
        }

        Clear();
    }

    private void Clear()
    {
        Array.Clear(_pending, 0, Count);
        Count = 0;
        _crowded.Clear();
        _admitted.Clear();
        _metadata.Clear();
        _newFamilies.Clear();
        _newFamilyCounts.Clear();
    }

    private void AddUnknown(AppendRequest request, TenantHead tenant, int index)
    {
        var key = request.Batch.KeyOf(index);
        if (!SeriesText.IsKey(key))
        {
            request.Fault ??= new InvalidDataException("A batch holds a series key that is malformed or not UTF-8.");
            return;
        }

        HeadSeries? series = null;
        var samples = request.Batch.SamplesOf(index);
        for (var position = 0; position < samples.Length; position++)
        {
            if (series is null)
            {
                if (!JudgeAlone(request, key, samples[position]))
                {
                    continue;
                }

                if (_admission.Refuse(tenant, key) is { } refusal)
                {
                    request.Rejections.Add(refusal.Reason, samples.Length - position, refusal.Example, static example => example);
                    return;
                }

                series = tenant.Add(request.HashOf(index), key);
                _admitted.Add(series);
            }

            Judge(request, series, key, samples[position]);
        }
    }

    private bool JudgeAlone(AppendRequest request, ReadOnlySpan<byte> key, in MetricSample sample)
    {
        if (sample.Histogram is { } histogram && PartsOf(histogram) is > MaxHistogramParts and var parts)
        {
            SampleVerdict.TooManyParts(request, key, parts, MaxHistogramParts);
            return false;
        }

        var time = sample.Timestamp;
        if (time < _floor)
        {
            SampleVerdict.TooOld(request, key, time, _floor);
            return false;
        }

        if (time > _latest)
        {
            SampleVerdict.TooFarInFuture(request, key, time, options.FutureTolerance);
            return false;
        }

        return true;
    }

    private void Judge(AppendRequest request, HeadSeries series, ReadOnlySpan<byte> key, in MetricSample sample)
    {
        if (!JudgeAlone(request, key, sample))
        {
            return;
        }

        if (sample.Timestamp <= series.NewestTime)
        {
            var oldest = series.NewestTime - (long)options.OutOfOrderWindow.TotalMilliseconds;
            if (sample.Timestamp < oldest)
            {
                SampleVerdict.TooOld(request, key, sample.Timestamp, oldest);
                return;
            }

            if (FindExisting(series, sample.Timestamp) is { } existing)
            {
                Repeat(request, key, existing, sample);
                return;
            }
        }
        else
        {
            series.NewestTime = sample.Timestamp;
        }

        Accept(request, series, sample);
    }

    private static int PartsOf(HistogramSample histogram) =>
        histogram.PositiveBuckets.Count + histogram.NegativeBuckets.Count + histogram.PositiveSpans.Count + histogram.NegativeSpans.Count + histogram.CustomValues.Count;

    private static void Repeat(AppendRequest request, ReadOnlySpan<byte> key, in MetricSample existing, in MetricSample sample)
    {
        var same = existing.Histogram is null
            ? sample.Histogram is null && HistogramEquality.Same(existing.Value, sample.Value)
            : sample.Histogram is not null && HistogramEquality.Same(existing.Histogram, sample.Histogram);
        if (!same)
        {
            SampleVerdict.Duplicate(request, key, sample.Timestamp);
            return;
        }

        request.Accepted++;
        request.Repeated++;
    }

    private MetricSample? FindExisting(HeadSeries series, long time)
    {
        var waiting = FindWaiting(series, time);
        return waiting < 0 ? series.Find(time) : new MetricSample(time, _pending[waiting].Value, _pending[waiting].Histogram);
    }

    // A sender may bring very many samples of one series out of order; looking through them all for each would keep every other sender waiting.
    private int FindWaiting(HeadSeries series, long time)
    {
        if (_crowded.TryGetValue(series, out var byTime))
        {
            return byTime.GetValueOrDefault(time, -1);
        }

        var seen = 0;
        for (var index = series.Pending; index >= 0; index = _pending[index].Next)
        {
            if (_pending[index].Time == time)
            {
                return index;
            }

            if (++seen == MaxChain)
            {
                byTime = [];
                for (var waiting = series.Pending; waiting >= 0; waiting = _pending[waiting].Next)
                {
                    byTime.Add(_pending[waiting].Time, waiting);
                }

                _crowded.Add(series, byTime);
                return byTime.GetValueOrDefault(time, -1);
            }
        }

        return -1;
    }

    private void Accept(AppendRequest request, HeadSeries series, in MetricSample sample)
    {
        if (Count == _pending.Length)
        {
            Array.Resize(ref _pending, Count * 2);
        }

        _pending[Count] = new PendingSample(series, sample.Timestamp, sample.Value, sample.Histogram, series.Pending);
        if (_crowded.Count > 0 && _crowded.TryGetValue(series, out var byTime))
        {
            byTime.Add(sample.Timestamp, Count);
        }

        series.Pending = Count++;
        request.Accepted++;
        NewestTime = Math.Max(NewestTime, sample.Timestamp);
    }

    private void Describe(TenantHead tenant, MetricMetadata metadata)
    {
        if (!tenant.Metadata.IsNews(metadata))
        {
            return;
        }

        if (metadata.Family.Length + metadata.Help.Length + metadata.Unit.Length > MaxMetadataCharacters || !HasRoom(tenant, metadata.Family))
        {
            MetadataRefused++;
            return;
        }

        _metadata.Add((tenant, metadata));
    }

    // Families that this group brings count before they are kept.
    private bool HasRoom(TenantHead tenant, string family)
    {
        if (tenant.Metadata.IsKnown(family) || _newFamilies.Contains((tenant, family)))
        {
            return true;
        }

        var waiting = _newFamilyCounts.GetValueOrDefault(tenant);
        if (tenant.Metadata.Count + waiting >= options.MaxMetadataPerTenant)
        {
            return false;
        }

        _newFamilies.Add((tenant, family));
        _newFamilyCounts[tenant] = waiting + 1;
        return true;
    }
}
