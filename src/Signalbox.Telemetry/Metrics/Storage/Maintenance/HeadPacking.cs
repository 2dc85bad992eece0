using Signalbox.PromQL.Model;
using Signalbox.Telemetry.Metrics.Storage.Head;

namespace Signalbox.Telemetry.Metrics.Storage.Maintenance;

/// <summary>Makes closed chunks in memory smaller, beside the writer, where their values are plain decimals.</summary>
internal static class HeadPacking
{
    public static void Run(HeadSet heads, CancellationToken cancellationToken)
    {
        using var samples = new SampleBuffer();
        foreach (var tenant in heads.Tenants)
        {
            foreach (var series in tenant.Index.Series)
            {
                cancellationToken.ThrowIfCancellationRequested();
                foreach (var chunk in series.Chunks)
                {
                    chunk.Pack(samples);
                }
            }
        }
    }
}
