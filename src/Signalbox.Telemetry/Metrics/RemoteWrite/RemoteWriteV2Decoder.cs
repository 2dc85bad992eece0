using System.Text;
using Signalbox.Telemetry.Wire;

namespace Signalbox.Telemetry.Metrics.RemoteWrite;

/// <summary>Decodes <c>io.prometheus.write.v2.Request</c>.</summary>
/// <remarks>
/// Request: 4 symbols, 5 timeseries. TimeSeries: 1 label references, 2 samples, 3 histograms, 4 exemplars, 5 metadata.
/// Sample: 1 value, 2 timestamp, 3 start timestamp. Metadata: 1 type, 3 help reference, 4 unit reference.
/// Source: https://prometheus.io/docs/specs/prw/remote_write_spec_2_0/#protobuf-message
/// </remarks>
internal sealed class RemoteWriteV2Decoder(MetricBatch batch)
{
    /// <summary>
    /// Most bytes that all label sets of a request may have once their symbols are written out; two bytes can refer to a long symbol,
    /// so the message's own bound does not do.
    /// </summary>
    private const long MaxExpandedLabelBytes = 256 * 1024 * 1024;

    private readonly RemoteWriteSeries _series = new(batch);
    private readonly List<Range> _symbols = [];
    private readonly List<ulong> _references = [];
    private readonly HashSet<string> _families = new(StringComparer.Ordinal);
    private long _expandedLabelBytes;

    public RemoteWriteSummary Read(ReadOnlySpan<byte> message)
    {
        ReadSymbols(message);
        var reader = new ProtobufReader(message, "Request");
        while (reader.TryReadTag())
        {
            if (reader.Field == 5)
            {
                ReadSeries(message, reader.ReadBytes());
            }
            else
            {
                reader.Skip();
            }
        }

        return _series.Summary();
    }

    private void ReadSymbols(ReadOnlySpan<byte> message)
    {
        var reader = new ProtobufReader(message, "Request");
        while (reader.TryReadTag())
        {
            if (reader.Field != 4)
            {
                reader.Skip();
                continue;
            }

            var symbol = reader.ReadBytes();
            _symbols.Add((reader.Position - symbol.Length)..reader.Position);
        }
    }

    private ReadOnlySpan<byte> Symbol(ReadOnlySpan<byte> message, ulong reference)
    {
        if (reference < (ulong)_symbols.Count)
        {
            return message[_symbols[(int)reference]];
        }

        _series.Fail($"refers to symbol {reference} of {_symbols.Count}");
        return [];
    }

    private void ReadSeries(ReadOnlySpan<byte> request, ReadOnlySpan<byte> message)
    {
        _references.Clear();
        ReadOnlySpan<byte> metadata = [];
        var labels = new ProtobufReader(message, "TimeSeries");
        while (labels.TryReadTag())
        {
            switch (labels.Field)
            {
                case 1:
                    labels.ReadVarints(_references);
                    break;
                case 5:
                    metadata = labels.ReadBytes();
                    break;
                default:
                    labels.Skip();
                    break;
            }
        }

        AddLabels(request);
        ReadMetadata(request, metadata);
        var reader = new ProtobufReader(message, "TimeSeries");
        while (reader.TryReadTag())
        {
            switch (reader.Field)
            {
                case 2:
                    ReadSample(reader.ReadBytes());
                    break;
                case 3:
                    _series.AddHistogram(reader.ReadBytes());
                    break;
                case 4:
                    reader.ReadBytes();
                    _series.AddExemplar();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }

    private void AddLabels(ReadOnlySpan<byte> request)
    {
        _series.Begin();
        if (_references.Count % 2 != 0)
        {
            _series.Fail("has a label name without a value");
        }

        for (var index = 0; index + 1 < _references.Count; index += 2)
        {
            var name = Symbol(request, _references[index]);
            var value = Symbol(request, _references[index + 1]);
            _expandedLabelBytes += name.Length + value.Length;
            if (_expandedLabelBytes > MaxExpandedLabelBytes)
            {
                throw new WireLimitException("max_expanded_label_bytes", MaxExpandedLabelBytes);
            }

            _series.AddLabel(name, value);
        }

        _series.EndLabels();
    }

    /// <summary>Metadata comes with every series of a family; the first that says something is kept.</summary>
    private void ReadMetadata(ReadOnlySpan<byte> request, ReadOnlySpan<byte> message)
    {
        if (message.IsEmpty)
        {
            return;
        }

        var type = MetricType.Unknown;
        ReadOnlySpan<byte> help = [];
        ReadOnlySpan<byte> unit = [];
        var reader = new ProtobufReader(message, "Metadata");
        while (reader.TryReadTag())
        {
            switch (reader.Field)
            {
                case 1:
                    type = RemoteWriteV1Decoder.TypeOf(reader.ReadInt32());
                    break;
                case 3:
                    help = Symbol(request, reader.ReadVarintValue());
                    break;
                case 4:
                    unit = Symbol(request, reader.ReadVarintValue());
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        var family = FamilyOf(request, type);
        if (family.Length > 0 && (type != MetricType.Unknown || !help.IsEmpty || !unit.IsEmpty) && _families.Add(family))
        {
            batch.AddMetadata(new MetricMetadata(family, type, Encoding.UTF8.GetString(help), Encoding.UTF8.GetString(unit)));
        }
    }

    private string FamilyOf(ReadOnlySpan<byte> request, MetricType type)
    {
        for (var index = 0; index + 1 < _references.Count; index += 2)
        {
            if (Symbol(request, _references[index]).SequenceEqual("__name__"u8))
            {
                var name = Encoding.UTF8.GetString(Symbol(request, _references[index + 1]));
                return type is MetricType.Histogram or MetricType.Summary ? TrimSuffix(name) : name;
            }
        }

        return string.Empty;
    }

    private static string TrimSuffix(string name)
    {
        foreach (var suffix in (string[])["_bucket", "_count", "_sum"])
        {
            if (name.EndsWith(suffix, StringComparison.Ordinal) && name.Length > suffix.Length)
            {
                return name[..^suffix.Length];
            }
        }

        return name;
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
}
