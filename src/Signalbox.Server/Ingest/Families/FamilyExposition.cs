using System.Buffers;
using Signalbox.Telemetry.Metrics;
using Signalbox.Telemetry.Metrics.Exposition;

namespace Signalbox.Server.Ingest.Families;

/// <summary>Writes families in the text formats.</summary>
internal static class FamilyExposition
{
    private const string Total = "_total";

    public static ReadOnlyMemory<byte> Write(IEnumerable<MetricFamily> families, ExpositionFormat format)
    {
        var text = new ArrayBufferWriter<byte>(64 * 1024);
        var writer = new ExpositionWriter(text, format);
        foreach (var family in families.Where(static family => family.Samples.Count > 0))
        {
            var isTotal = family.Type == MetricType.Counter && family.Name.EndsWith(Total, StringComparison.Ordinal);
            writer.BeginFamily(isTotal ? family.Name[..^Total.Length] : family.Name, family.Type, family.Help);
            foreach (var sample in family.Samples)
            {
                if (sample.Histogram is { } histogram)
                {
                    writer.Histogram(sample.Labels, histogram.Bounds, histogram.Counts, histogram.Sum);
                }
                else
                {
                    writer.Sample(sample.Labels, sample.Value);
                }
            }
        }

        writer.Complete();
        return text.WrittenMemory;
    }
}
