using System.Runtime.InteropServices;
using System.Text;

namespace Signalbox.Telemetry.Metrics.Otlp;

/// <summary>A decoded metrics request in flat lists, the same whether it came as protobuf or as JSON; used again for the next request, it allocates little.</summary>
/// <remarks>Not thread-safe.</remarks>
public sealed class OtlpMetricsData
{
    /// <summary>A larger text is given back after its request instead of being kept for the next.</summary>
    private const int MaxKeptText = 1024 * 1024;

    private byte[] _text = new byte[4096];
    private int _textLength;

    internal List<OtlpResource> Resources { get; } = [];

    internal List<OtlpScope> Scopes { get; } = [];

    internal List<OtlpMetric> Metrics { get; } = [];

    internal List<OtlpPoint> Points { get; } = [];

    internal List<OtlpAttribute> Attributes { get; } = [];

    internal List<ulong> Counts { get; } = [];

    internal List<double> Numbers { get; } = [];

    /// <summary>Data points of the request.</summary>
    public int PointCount => Points.Count;

    /// <summary>Exemplars of the request, which are dropped.</summary>
    public int ExemplarCount { get; internal set; }

    public void Clear()
    {
        Resources.Clear();
        Scopes.Clear();
        Metrics.Clear();
        Points.Clear();
        Attributes.Clear();
        Counts.Clear();
        Numbers.Clear();
        ExemplarCount = 0;
        _textLength = 0;
        if (_text.Length > MaxKeptText)
        {
            _text = new byte[4096];
            Points.Capacity = 0;
            Attributes.Capacity = 0;
            Counts.Capacity = 0;
            Numbers.Capacity = 0;
        }
    }

    /// <summary>Makes ready for a metric's points. The kinds are alternatives: the last one counts, and what an earlier one brought is forgotten.</summary>
    internal void Begin(OtlpMetricKind kind, ref OtlpMetric metric)
    {
        if (metric.Kind != kind)
        {
            Points.RemoveRange(metric.Points.Start, metric.Points.Length);
            metric.Points = new OtlpSlice(Points.Count, 0);
            metric.Kind = kind;
        }
    }

    internal ReadOnlySpan<byte> Text(OtlpSlice slice) => _text.AsSpan(slice.Start, slice.Length);

    internal string String(OtlpSlice slice) => Encoding.UTF8.GetString(Text(slice));

    internal ReadOnlySpan<OtlpAttribute> AttributesOf(OtlpSlice slice) => CollectionsMarshal.AsSpan(Attributes).Slice(slice.Start, slice.Length);

    internal ReadOnlySpan<ulong> CountsOf(OtlpSlice slice) => CollectionsMarshal.AsSpan(Counts).Slice(slice.Start, slice.Length);

    internal ReadOnlySpan<double> NumbersOf(OtlpSlice slice) => CollectionsMarshal.AsSpan(Numbers).Slice(slice.Start, slice.Length);

    internal OtlpSlice AddText(ReadOnlySpan<byte> text)
    {
        text.CopyTo(TextSpan(text.Length));
        return TakeText(text.Length);
    }

    /// <summary>Free space at the end of the text, at least as long as asked for.</summary>
    internal Span<byte> TextSpan(int length)
    {
        if (_textLength + length > _text.Length)
        {
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _textLength + length));
        }

        return _text.AsSpan(_textLength);
    }

    /// <summary>Keeps what was written into <see cref="TextSpan"/>.</summary>
    internal OtlpSlice TakeText(int length)
    {
        var slice = new OtlpSlice(_textLength, length);
        _textLength += length;
        return slice;
    }
}
