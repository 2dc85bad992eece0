using System.Globalization;
using Signalbox.PromQL.Model;
using Signalbox.Telemetry.Metrics;

namespace Signalbox.Server.Ingest.Families;

/// <summary>Turns families into a batch for the store, as if they had been scraped: with the target's labels, <c>up</c>, and stale markers for what is gone.</summary>
/// <remarks>One instance a target; not thread-safe.</remarks>
internal sealed class FamilyBatch(string job, string instance) : IDisposable
{
    private readonly SeriesPresence _presence = new();
    private readonly MetricBatch _batch = new();

    /// <summary>Fills the batch; it is valid until the next call.</summary>
    /// <param name="timestamp">Milliseconds since the Unix epoch.</param>
    public MetricBatch Fill(IReadOnlyList<MetricFamily> families, long timestamp)
    {
        _batch.Clear();
        foreach (var family in families)
        {
            _batch.AddMetadata(new MetricMetadata(family.Name, family.Type, family.Help, string.Empty));
            foreach (var sample in family.Samples)
            {
                Add(family.Name, sample, timestamp);
            }
        }

        Add("up", [], null, 1, timestamp);
        for (var series = 0; series < _batch.SeriesCount; series++)
        {
            _presence.See(_batch.KeyOf(series), _batch.LabelCountOf(series));
        }

        _presence.EndMissing(_batch, timestamp);
        return _batch;
    }

    public void Dispose() => _batch.Dispose();

    private void Add(string name, FamilySample sample, long timestamp)
    {
        if (sample.Histogram is not { } histogram)
        {
            Add(name, sample.Labels, null, sample.Value, timestamp);
            return;
        }

        var cumulative = 0L;
        for (var bucket = 0; bucket < histogram.Counts.Count; bucket++)
        {
            cumulative += histogram.Counts[bucket];
            var bound = bucket < histogram.Bounds.Count ? histogram.Bounds[bucket].ToString(CultureInfo.InvariantCulture) : "+Inf";
            Add(name + "_bucket", sample.Labels, bound, cumulative, timestamp);
        }

        Add(name + "_sum", sample.Labels, null, histogram.Sum, timestamp);
        Add(name + "_count", sample.Labels, null, cumulative, timestamp);
    }

    private void Add(string name, Label[] labels, string? bound, double value, long timestamp)
    {
        _batch.BeginSeries();
        _batch.AddLabel(Labels.MetricName, name);
        _batch.AddLabel("job", job);
        _batch.AddLabel("instance", instance);
        foreach (var label in labels)
        {
            _batch.AddLabel(label.Name, label.Value);
        }

        if (bound is not null)
        {
            _batch.AddLabel("le", bound);
        }

        if (_batch.EndLabels())
        {
            _batch.AddSample(timestamp, value);
        }
    }
}
