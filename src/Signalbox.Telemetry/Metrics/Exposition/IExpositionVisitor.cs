namespace Signalbox.Telemetry.Metrics.Exposition;

/// <summary>Receives what a text exposition says, in its order.</summary>
public interface IExpositionVisitor
{
    /// <summary>A family's metadata; comes once, before the family's samples.</summary>
    void OnMetadata(in ExpositionMetadata metadata);

    void OnSample(in ExpositionSample sample);
}
