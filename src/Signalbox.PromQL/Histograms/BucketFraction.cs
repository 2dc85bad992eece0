namespace Signalbox.PromQL.Histograms;

/// <summary>Adds up which share of a histogram's observations lies between two values, bucket by bucket from the lowest on.</summary>
internal struct BucketFraction(double lower, double upper)
{
    private double _rank;
    private double? _lowerRank;
    private double? _upperRank;

    public void Add(double start, double end, double count, bool exponential)
    {
        _lowerRank ??= Rank(lower, start, end, count, exponential);
        _upperRank ??= Rank(upper, start, end, count, exponential);
        _rank += count;
    }

    /// <param name="highest">Observations in all buckets.</param>
    /// <param name="observations">All observations, those that are NaN included.</param>
    public readonly double Result(double highest, double observations)
    {
        if (observations == 0 || double.IsNaN(observations) || double.IsNaN(lower) || double.IsNaN(upper))
        {
            return double.NaN;
        }

        return lower >= upper
            ? 0
            : (Math.Min(_upperRank ?? highest, highest) - Math.Min(_lowerRank ?? highest, highest)) / observations;
    }

    /// <summary>How many observations lie below the value, once the bucket that holds it is reached.</summary>
    private readonly double? Rank(double value, double start, double end, double count, bool exponential)
    {
        if (start >= value)
        {
            return _rank;
        }

        if (!(end > value))
        {
            return null;
        }

        if (double.IsInfinity(start) || double.IsInfinity(end))
        {
            return double.IsInfinity(start) ? _rank + count : _rank;
        }

        if (!exponential)
        {
            return _rank + (count * (value - start) / (end - start));
        }

        var (logStart, logEnd, logValue) = (Math.Log2(Math.Abs(start)), Math.Log2(Math.Abs(end)), Math.Log2(Math.Abs(value)));
        return _rank + (count * (logValue - logStart) / (logEnd - logStart));
    }
}
