using System.Text;

namespace Signalbox.Telemetry.Metrics.Otlp;

/// <summary>What a resource says of its target: the labels <c>job</c> and <c>instance</c> of all its series, and the series <c>target_info</c> with the rest.</summary>
/// <remarks>
/// Source: https://github.com/open-telemetry/opentelemetry-specification/blob/v1.38.0/specification/compatibility/prometheus_and_openmetrics.md#resource-attributes
/// </remarks>
internal sealed class OtlpTargetInfo(OtlpTranslationOptions options, OtlpMetricsData data)
{
    /// <summary>Half of PromQL's usual lookback, so that the series is found at every moment between its ends.</summary>
    private const long SampleStepMilliseconds = 150_000;

    /// <summary>Most samples for one resource of one request, however far apart its points are.</summary>
    private const int MaxSamples = 100;

    private static readonly byte[] InfoName = "target_info"u8.ToArray();

    private readonly List<byte[]> _promotedKeys = [.. options.PromoteResourceAttributes.Select(Encoding.UTF8.GetBytes)];
    private readonly List<(byte[] Key, byte[] Value)> _promoted = [];
    private OtlpSlice _attributes;
    private byte[] _job = [];
    private byte[] _instance = [];
    private bool _hasMore;
    private long _first;
    private long _last;

    public void Begin(OtlpSlice attributes)
    {
        _attributes = attributes;
        _first = long.MaxValue;
        _last = long.MinValue;
        var name = Find("service.name"u8);
        var space = Find("service.namespace"u8);
        _job = name.IsEmpty || space.IsEmpty ? name.ToArray() : [.. space, (byte)'/', .. name];
        _instance = Find("service.instance.id"u8).ToArray();
        _promoted.Clear();
        foreach (var key in _promotedKeys)
        {
            _promoted.Add((key, Find(key).ToArray()));
        }

        _hasMore = false;
        foreach (var attribute in data.AttributesOf(attributes))
        {
            _hasMore |= !IsIdentifying(data.Text(attribute.Key));
        }
    }

    /// <summary>Notes that a point of this time was accepted.</summary>
    public void Saw(long timestamp)
    {
        _first = Math.Min(_first, timestamp);
        _last = Math.Max(_last, timestamp);
    }

    public void AddTo(OtlpLabelSet labels)
    {
        labels.Add("job"u8, _job, OtlpLabelPriority.Target);
        labels.Add("instance"u8, _instance, OtlpLabelPriority.Target);
        foreach (var (key, value) in _promoted)
        {
            labels.AddTranslated(key, value, OtlpLabelPriority.PromotedResourceAttribute);
        }
    }

    /// <summary>Writes <c>target_info</c> when the resource has an identity and says more than that.</summary>
    public void WriteInfo(OtlpLabelSet labels, OtlpSeriesWriter writer)
    {
        if (_last < _first || !_hasMore || (_job.Length == 0 && _instance.Length == 0))
        {
            return;
        }

        labels.Clear();
        foreach (var attribute in data.AttributesOf(_attributes))
        {
            if (!IsIdentifying(data.Text(attribute.Key)))
            {
                labels.AddTranslated(data.Text(attribute.Key), data.Text(attribute.Value), OtlpLabelPriority.Attribute);
            }
        }

        labels.Add("job"u8, _job, OtlpLabelPriority.Target);
        labels.Add("instance"u8, _instance, OtlpLabelPriority.Target);
        labels.Seal();
        var step = Math.Max(SampleStepMilliseconds, (_last - _first) / (MaxSamples - 2));
        for (var timestamp = _first; timestamp < _last; timestamp += step)
        {
            writer.Begin(InfoName, timestamp, null);
            writer.Write(1);
        }

        writer.Begin(InfoName, _last, null);
        writer.Write(1);
    }

    private static bool IsIdentifying(ReadOnlySpan<byte> key) =>
        key.SequenceEqual("service.name"u8) || key.SequenceEqual("service.namespace"u8) || key.SequenceEqual("service.instance.id"u8);

    private ReadOnlySpan<byte> Find(ReadOnlySpan<byte> key)
    {
        foreach (var attribute in data.AttributesOf(_attributes))
        {
            if (data.Text(attribute.Key).SequenceEqual(key))
            {
                return data.Text(attribute.Value);
            }
        }

        return [];
    }
}
