using Signalbox.PromQL.Model;
using Signalbox.Telemetry.Wire;

namespace Signalbox.Telemetry.Metrics.RemoteWrite;

/// <summary>Encodes batches as remote-write 1.0 requests.</summary>
public static class RemoteWriteEncoder
{
    /// <summary>Encodes and compresses a batch as a request's body: one snappy block.</summary>
    public static byte[] EncodeCompressed(MetricBatch batch) => IronSnappy.Snappy.Encode(Encode(batch));

    /// <summary>Encodes a batch as a <c>WriteRequest</c> message.</summary>
    public static byte[] Encode(MetricBatch batch)
    {
        var writer = new ProtobufWriter();
        for (var series = 0; series < batch.SeriesCount; series++)
        {
            writer.BeginMessage(1);
            WriteLabels(writer, batch.KeyOf(series));
            foreach (var sample in batch.SamplesOf(series))
            {
                WriteSample(writer, sample);
            }

            writer.EndMessage();
        }

        foreach (var metadata in batch.Metadata)
        {
            writer.BeginMessage(3);
            writer.WriteVarint(1, (ulong)metadata.Type);
            writer.WriteString(2, metadata.Family);
            writer.WriteString(4, metadata.Help);
            writer.WriteString(5, metadata.Unit);
            writer.EndMessage();
        }

        return writer.ToArray();
    }

    private static void WriteLabels(ProtobufWriter writer, ReadOnlySpan<byte> key)
    {
        while (!key.IsEmpty)
        {
            writer.BeginMessage(1);
            writer.WriteBytes(1, SeriesKey.ReadPart(ref key));
            writer.WriteBytes(2, SeriesKey.ReadPart(ref key));
            writer.EndMessage();
        }
    }

    private static void WriteSample(ProtobufWriter writer, MetricSample sample)
    {
        if (sample.Histogram is { } histogram)
        {
            writer.BeginMessage(4);
            WriteHistogram(writer, histogram, sample.Timestamp);
        }
        else
        {
            writer.BeginMessage(2);
            writer.WriteDouble(1, sample.Value);
            writer.WriteInt64(2, sample.Timestamp);
        }

        writer.EndMessage();
    }

    private static void WriteHistogram(ProtobufWriter writer, HistogramSample histogram, long timestamp)
    {
        writer.WriteDouble(2, histogram.Count);
        writer.WriteDouble(3, histogram.Sum);
        writer.WriteSInt32(4, histogram.Schema);
        writer.WriteDouble(5, histogram.ZeroThreshold);
        writer.WriteDouble(7, histogram.ZeroCount);
        WriteSpans(writer, 8, histogram.NegativeSpans);
        writer.WriteDoubles(10, histogram.NegativeBuckets);
        WriteSpans(writer, 11, histogram.PositiveSpans);
        writer.WriteDoubles(13, histogram.PositiveBuckets);
        writer.WriteVarint(14, (ulong)histogram.CounterResetHint);
        writer.WriteInt64(15, timestamp);
        writer.WriteDoubles(16, histogram.CustomValues);
    }

    private static void WriteSpans(ProtobufWriter writer, int field, IReadOnlyList<BucketSpan> spans)
    {
        foreach (var span in spans)
        {
            writer.BeginMessage(field);
            writer.WriteSInt32(1, span.Offset);
            writer.WriteVarint(2, span.Length);
            writer.EndMessage();
        }
    }
}
