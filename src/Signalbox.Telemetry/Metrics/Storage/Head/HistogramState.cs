using Signalbox.PromQL.Model;

namespace Signalbox.Telemetry.Metrics.Storage.Head;

/// <summary>What the encoder of a histogram chunk remembers between two samples.</summary>
internal sealed class HistogramState
{
    public int Length { get; private set; }

    public long Delta { get; private set; }

    public HistogramSample? Previous { get; private set; }

    public void Advance(int length, long delta, HistogramSample sample)
    {
        Length = length;
        Delta = delta;
        Previous = sample;
    }
}
