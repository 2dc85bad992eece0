namespace Signalbox.Telemetry.Metrics.Exposition;

/// <summary>Holds one point of a histogram or gauge histogram to the rules between its samples.</summary>
internal struct OpenMetricsHistogramCheck
{
    private bool _any;
    private double? _bound;
    private double _bucketValue;
    private double? _count;
    private bool _hasSum;
    private bool _hasGaugeSum;
    private bool _negativeGaugeSum;
    private bool _negativeBounds;

    /// <param name="bound">The value of <c>le</c>, for a bucket.</param>
    /// <returns>Null, or what is wrong.</returns>
    public string? Add(OpenMetricsSampleKind kind, double value, double bound)
    {
        _any = true;
        switch (kind)
        {
            case OpenMetricsSampleKind.Bucket:
                if (bound <= _bound || value < _bucketValue)
                {
                    return bound <= _bound ? "buckets are not in ascending order" : "a bucket holds less than the one before it";
                }

                _negativeBounds |= bound < 0;
                _bound = bound;
                _bucketValue = value;
                break;
            case OpenMetricsSampleKind.Count or OpenMetricsSampleKind.GaugeCount:
                _count = value;
                break;
            case OpenMetricsSampleKind.Sum:
                _hasSum = true;
                break;
            case OpenMetricsSampleKind.GaugeSum:
                _hasGaugeSum = true;
                _negativeGaugeSum |= value < 0;
                break;
        }

        return null;
    }

    /// <summary>Ends the point and makes ready for the next.</summary>
    /// <returns>Null, or what is wrong.</returns>
    public string? Close()
    {
        var point = this;
        this = default;
        return point._any ? point.Verdict() : null;
    }

    private readonly string? Verdict()
    {
        if (_bound is not double.PositiveInfinity)
        {
            return "a histogram has no +Inf bucket";
        }

        if (_count is not null && _count != _bucketValue)
        {
            return "a histogram's count differs from its +Inf bucket";
        }

        if ((_hasSum || _hasGaugeSum) != _count is not null)
        {
            return "a histogram has a sum without a count, or a count without a sum";
        }

        if (_negativeBounds && _hasSum)
        {
            return "a histogram with negative buckets has a sum";
        }

        return !_negativeBounds && _negativeGaugeSum ? "a gauge histogram without negative buckets has a negative sum" : null;
    }
}
