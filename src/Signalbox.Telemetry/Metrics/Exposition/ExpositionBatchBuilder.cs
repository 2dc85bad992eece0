namespace Signalbox.Telemetry.Metrics.Exposition;

/// <summary>Puts every sample and every family's metadata of an exposition into a batch.</summary>
internal sealed class ExpositionBatchBuilder(MetricBatch batch, long defaultTimestamp) : IExpositionVisitor
{
    public void OnMetadata(in ExpositionMetadata metadata) => batch.AddMetadata(metadata.ToMetricMetadata());

    public void OnSample(in ExpositionSample sample)
    {
        batch.BeginSeries();
        sample.AddLabelsTo(batch);
        if (!batch.EndLabels())
        {
            throw sample.RepeatedLabel();
        }

        batch.AddSample(sample.Timestamp ?? defaultTimestamp, sample.Value);
    }
}
