using System.Globalization;
using Signalbox.Server.Ingest.Families;
using Signalbox.Server.Ingest.Scrape.Configuration;
using Signalbox.Telemetry.Metrics;
using Signalbox.Telemetry.Metrics.Exposition;

namespace Signalbox.Server.Ingest.Scrape;

/// <summary>Turns the expositions of one target into batches: labels, relabelling, limits, and stale markers for what is gone.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class ScrapeReader : IExpositionVisitor
{
    /// <summary>Metadata seldom changes, so it is not sent along with every scrape.</summary>
    private const int MetadataRounds = 20;

    private readonly ScrapeConfig _config;
    private readonly SampleLabels _labels;
    private readonly long _maxSamples;
    private readonly ScrapeCache _cache = new();
    private readonly SeriesPresence _presence = new();
    private MetricBatch? _batch;
    private long _timestamp;
    private long _rounds;
    private bool _newSeries;
    private ScrapeCounts _counts;

    /// <param name="maxSamples">The bound of a request, which holds for a scrape as well.</param>
    public ScrapeReader(ScrapeConfig config, SampleLabels labels, long maxSamples)
    {
        _config = config;
        _labels = labels;
        _maxSamples = maxSamples;
    }

    /// <summary>Fills the batch with the samples of an exposition and the stale markers that follow from it.</summary>
    /// <param name="timestamp">Milliseconds since the Unix epoch.</param>
    /// <exception cref="ScrapeException">The text breaks its format or a limit; the batch is then not to be kept.</exception>
    public ScrapeCounts Read(Exposition exposition, long timestamp, MetricBatch batch)
    {
        _batch = batch;
        _timestamp = timestamp;
        _counts = default;
        _cache.BeginRound();
        try
        {
            ExpositionParser.Parse(exposition.Text.Span, exposition.Format, this);
        }
        catch (ExpositionFormatException exception)
        {
            throw new ScrapeException(exception.Message, exception);
        }
        finally
        {
            _batch = null;
        }

        _cache.EndRound();
        _presence.EndMissing(batch, timestamp);
        _newSeries = _counts.Added > 0;
        _rounds++;
        return _counts;
    }

    /// <summary>Ends every series: the scrape failed, or the target is gone.</summary>
    /// <param name="timestamp">Milliseconds since the Unix epoch.</param>
    public void EndAll(MetricBatch batch, long timestamp)
    {
        _cache.Clear();
        _presence.EndAll(batch, timestamp);
    }

    public void OnMetadata(in ExpositionMetadata metadata)
    {
        if (_newSeries || _rounds % MetadataRounds == 0)
        {
            _batch!.AddMetadata(metadata.ToMetricMetadata());
        }
    }

    public void OnSample(in ExpositionSample sample)
    {
        _counts.Scraped++;
        var entry = _cache.Find(sample.SeriesText) ?? Resolve(sample);
        if (entry.Key is not { } key)
        {
            return;
        }

        _counts.Kept++;
        CheckCount();
        _batch!.AddSeries(key, entry.LabelCount);
        var explicitTime = _config.HonorTimestamps ? sample.Timestamp : null;
        _batch.AddSample(explicitTime ?? _timestamp, sample.Value);
        if ((explicitTime is null || _config.TrackTimestampsStaleness) && _presence.See(key, entry.LabelCount))
        {
            _counts.Added++;
        }
    }

    private ScrapeCacheEntry Resolve(in ExpositionSample sample)
    {
        var labels = _labels.Of(sample.ToLabels());
        return labels is null ? _cache.Add(sample.SeriesText, null, 0) : _cache.Add(sample.SeriesText, SeriesKey.FromLabels(labels), labels.Count);
    }

    private void CheckCount()
    {
        if (_config.Limits.Samples > 0 && _counts.Kept > _config.Limits.Samples)
        {
            throw new ScrapeException(string.Create(CultureInfo.InvariantCulture, $"The target has more samples than sample_limit = {_config.Limits.Samples}, so nothing of this scrape was kept.")) { Limit = "sample_limit" };
        }

        if (_counts.Kept > _maxSamples)
        {
            throw new ScrapeException(string.Create(CultureInfo.InvariantCulture, $"The target has more samples than {Intake.LimitNames.MaxSamplesPerRequest} = {_maxSamples}, so nothing of this scrape was kept.")) { Limit = Intake.LimitNames.MaxSamplesPerRequest };
        }
    }
}

/// <summary>What one scrape brought.</summary>
internal record struct ScrapeCounts
{
    /// <summary>Samples of the exposition.</summary>
    public long Scraped { get; set; }

    /// <summary>Samples left after relabelling.</summary>
    public long Kept { get; set; }

    /// <summary>Series that the scrape before did not have.</summary>
    public long Added { get; set; }
}
