using System.Text;
using Signalbox.Telemetry.Wire;

namespace Signalbox.Telemetry.Metrics.RemoteWrite;

/// <summary>Decodes <c>prometheus.WriteRequest</c>.</summary>
/// <remarks>
/// WriteRequest: 1 timeseries, 3 metadata. TimeSeries: 1 labels, 2 samples, 3 exemplars, 4 histograms. Label: 1 name, 2 value.
/// Sample: 1 value, 2 timestamp in milliseconds. MetricMetadata: 1 type, 2 family name, 4 help, 5 unit.
/// Source: https://prometheus.io/docs/specs/prw/remote_write_spec/#protobuf-definitions
/// </remarks>
internal sealed class RemoteWriteV1Decoder(MetricBatch batch)
{
    private readonly RemoteWriteSeries _series = new(batch);

    public RemoteWriteSummary Read(ReadOnlySpan<byte> message)
    {
        var reader = new ProtobufReader(message, "WriteRequest");
        while (reader.TryReadTag())
        {
            switch (reader.Field)
            {
                case 1:
                    ReadSeries(reader.ReadBytes());
                    break;
                case 3:
                    batch.AddMetadata(ReadMetadata(reader.ReadBytes()));
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return _series.Summary();
    }

    /// <summary>Two passes: the labels must be known before the first sample, and protobuf allows fields in any order.</summary>
    private void ReadSeries(ReadOnlySpan<byte> message)
    {
        _series.Begin();
        var labels = new ProtobufReader(message, "TimeSeries");
        while (labels.TryReadTag())
        {
            if (labels.Field == 1)
            {
                ReadLabel(labels.ReadBytes());
            }
            else
            {
                labels.Skip();
            }
        }

        _series.EndLabels();
        var reader = new ProtobufReader(message, "TimeSeries");
        while (reader.TryReadTag())
        {
            switch (reader.Field)
            {
                case 2:
                    ReadSample(reader.ReadBytes());
                    break;
                case 3:
                    reader.ReadBytes();
                    _series.AddExemplar();
                    break;
                case 4:
                    _series.AddHistogram(reader.ReadBytes());
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }

    private void ReadLabel(ReadOnlySpan<byte> message)
    {
        var reader = new ProtobufReader(message, "Label");
        ReadOnlySpan<byte> name = [];
        ReadOnlySpan<byte> value = [];
        while (reader.TryReadTag())
        {
            switch (reader.Field)
            {
                case 1:
                    name = reader.ReadBytes();
                    break;
                case 2:
                    value = reader.ReadBytes();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        _series.AddLabel(name, value);
    }

    private void ReadSample(ReadOnlySpan<byte> message)
    {
        var reader = new ProtobufReader(message, "Sample");
        var value = 0.0;
        var timestamp = 0L;
        while (reader.TryReadTag())
        {
            switch (reader.Field)
            {
                case 1:
                    value = reader.ReadDouble();
                    break;
                case 2:
                    timestamp = reader.ReadInt64();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        _series.AddSample(timestamp, value);
    }

    private static MetricMetadata ReadMetadata(ReadOnlySpan<byte> message)
    {
        var reader = new ProtobufReader(message, "MetricMetadata");
        var metadata = new MetricMetadata(string.Empty, MetricType.Unknown, string.Empty, string.Empty);
        while (reader.TryReadTag())
        {
            switch (reader.Field)
            {
                case 1:
                    metadata = metadata with { Type = TypeOf(reader.ReadInt32()) };
                    break;
                case 2:
                    metadata = metadata with { Family = Encoding.UTF8.GetString(reader.ReadBytes()) };
                    break;
                case 4:
                    metadata = metadata with { Help = Encoding.UTF8.GetString(reader.ReadBytes()) };
                    break;
                case 5:
                    metadata = metadata with { Unit = Encoding.UTF8.GetString(reader.ReadBytes()) };
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return metadata;
    }

    /// <summary>The protocol numbers its types as <see cref="MetricType"/> does; an unknown number is an unknown type.</summary>
    internal static MetricType TypeOf(int number) => Enum.IsDefined((MetricType)number) ? (MetricType)number : MetricType.Unknown;
}
