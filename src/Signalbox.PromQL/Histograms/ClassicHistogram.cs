namespace Signalbox.PromQL.Histograms;

/// <summary>The cumulative buckets of one classic histogram at one step.</summary>
internal sealed class ClassicHistogram
{
    /// <summary>Counts that differ by less than this share are taken as equal: they come from rounding.</summary>
    private const double Tolerance = 1e-12;

    private readonly List<(double Upper, double Count)> _buckets = [];

    public int Length => _buckets.Count;

    public void Clear() => _buckets.Clear();

    /// <summary>Adds a bucket; upper bounds must not fall. Equal bounds, written differently, are added up.</summary>
    public void Add(double upper, double count)
    {
        if (_buckets.Count > 0 && _buckets[^1].Upper == upper)
        {
            _buckets[^1] = (upper, _buckets[^1].Count + count);
        }
        else
        {
            _buckets.Add((upper, count));
        }
    }

    /// <param name="forced">Whether counts fell from bucket to bucket by more than rounding explains.</param>
    public double Quantile(double quantile, out bool forced)
    {
        forced = false;
        if (double.IsNaN(quantile) || quantile is < 0 or > 1)
        {
            return double.IsNaN(quantile) ? double.NaN : quantile < 0 ? double.NegativeInfinity : double.PositiveInfinity;
        }

        if (_buckets.Count == 0 || !double.IsPositiveInfinity(_buckets[^1].Upper))
        {
            return double.NaN;
        }

        forced = MakeMonotonic();
        var observations = _buckets[^1].Count;
        if (_buckets.Count < 2 || observations == 0)
        {
            return double.NaN;
        }

        var rank = quantile * observations;
        var bucket = 0;
        while (bucket < _buckets.Count - 1 && !(_buckets[bucket].Count >= rank))
        {
            bucket++;
        }

        if (bucket == _buckets.Count - 1)
        {
            return _buckets[^2].Upper;
        }

        if (bucket == 0 && _buckets[0].Upper <= 0)
        {
            return _buckets[0].Upper;
        }

        var (start, before) = bucket == 0 ? (0, 0) : _buckets[bucket - 1];
        return start + ((_buckets[bucket].Upper - start) * ((rank - before) / (_buckets[bucket].Count - before)));
    }

    public double Fraction(double lower, double upper)
    {
        if (_buckets.Count == 0 || !double.IsPositiveInfinity(_buckets[^1].Upper))
        {
            return double.NaN;
        }

        var observations = _buckets[^1].Count;
        var ranges = new BucketFraction(lower, upper);
        var before = 0.0;
        var start = double.NegativeInfinity;
        foreach (var (end, count) in _buckets)
        {
            ranges.Add(double.IsNegativeInfinity(start) && end > 0 ? 0 : start, end, count - before, exponential: false);
            (start, before) = (end, count);
        }

        return ranges.Result(observations, observations);
    }

    private bool MakeMonotonic()
    {
        var forced = false;
        var before = _buckets[0].Count;
        for (var index = 1; index < _buckets.Count; index++)
        {
            var (upper, count) = _buckets[index];
            if (count == before)
            {
                continue;
            }

            if (Math.Abs(count - before) / (Math.Abs(count) + Math.Abs(before)) < Tolerance)
            {
                _buckets[index] = (upper, before);
            }
            else if (count < before)
            {
                _buckets[index] = (upper, before);
                forced = true;
            }
            else
            {
                before = count;
            }
        }

        return forced;
    }
}
