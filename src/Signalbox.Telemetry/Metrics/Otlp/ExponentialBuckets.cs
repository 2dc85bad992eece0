using Signalbox.PromQL.Model;

namespace Signalbox.Telemetry.Metrics.Otlp;

/// <summary>One side of an exponential histogram: consecutive buckets from an index on, in OTLP's numbering.</summary>
/// <remarks>Bucket i covers (base^i, base^(i+1)] with base 2^(2^−scale); halving the scale by one merges pairs of buckets.</remarks>
internal sealed class ExponentialBuckets
{
    /// <summary>A gap of at most this many empty buckets is written out rather than starting another span.</summary>
    private const int LongestFilledGap = 2;

    private double[] _counts = [];

    /// <summary>Index of the first bucket.</summary>
    public long Offset { get; private set; }

    public int Length => _counts.Length;

    public void Set(int offset, ReadOnlySpan<ulong> counts)
    {
        Offset = offset;
        _counts = new double[counts.Length];
        for (var index = 0; index < counts.Length; index++)
        {
            _counts[index] = counts[index];
        }
    }

    /// <param name="shift">By how many steps to lower the scale.</param>
    public void Downscale(int shift)
    {
        if (shift == 0 || _counts.Length == 0)
        {
            return;
        }

        var step = Math.Min(shift, 62);
        var first = Offset >> step;
        var last = (Offset + _counts.Length - 1) >> step;
        var merged = new double[(int)(last - first + 1)];
        for (var index = 0; index < _counts.Length; index++)
        {
            merged[(int)(((Offset + index) >> step) - first)] += _counts[index];
        }

        Offset = first;
        _counts = merged;
    }

    /// <summary>Buckets that this side would have after <see cref="Add"/>.</summary>
    public long LengthWith(ExponentialBuckets other) => other._counts.Length == 0
        ? _counts.Length
        : _counts.Length == 0
            ? other._counts.Length
            : Math.Max(Offset + _counts.Length, other.Offset + other._counts.Length) - Math.Min(Offset, other.Offset);

    /// <summary>Adds the counts of another side of the same scale.</summary>
    public void Add(ExponentialBuckets other)
    {
        if (other._counts.Length == 0)
        {
            return;
        }

        var sum = new double[LengthWith(other)];
        var offset = _counts.Length == 0 ? other.Offset : Math.Min(Offset, other.Offset);
        for (var index = 0; index < _counts.Length; index++)
        {
            sum[(int)(Offset - offset) + index] = _counts[index];
        }

        for (var index = 0; index < other._counts.Length; index++)
        {
            sum[(int)(other.Offset - offset) + index] += other._counts[index];
        }

        Offset = offset;
        _counts = sum;
    }

    /// <summary>The buckets as a native histogram has them, whose indexes are one higher.</summary>
    public (BucketSpan[] Spans, double[] Buckets) ToNative()
    {
        var spans = new List<BucketSpan>();
        var buckets = new List<double>(_counts.Length);
        var end = 0L;
        for (var index = 0; index < _counts.Length; index++)
        {
            if (_counts[index] == 0)
            {
                continue;
            }

            var position = Offset + index + 1;
            var gap = spans.Count == 0 ? position : position - end;
            if (spans.Count > 0 && gap <= LongestFilledGap)
            {
                for (var filled = 0; filled < gap; filled++)
                {
                    buckets.Add(0);
                }

                spans[^1] = spans[^1] with { Length = spans[^1].Length + (uint)gap + 1 };
            }
            else
            {
                spans.Add(new BucketSpan((int)gap, 1));
            }

            buckets.Add(_counts[index]);
            end = position + 1;
        }

        return ([.. spans], [.. buckets]);
    }
}
