namespace Signalbox.PromQL.Evaluation;

/// <summary>Counts the samples a query holds and refuses more than its limit.</summary>
internal sealed class SampleBudget(long limit)
{
    private long _held;
    private long _peak;
    private long _read;

    public void CountRead(long samples) => _read += samples;

    /// <exception cref="PromQLLimitException">The query would hold more than the limit.</exception>
    public void Hold(long samples)
    {
        _held += samples;
        _peak = Math.Max(_peak, _held);
        if (_held > limit)
        {
            throw new PromQLLimitException(
                nameof(PromQLOptions.MaxSamples),
                $"query processing would load too many samples into memory in query execution (MaxSamples is {limit})");
        }
    }

    public void Release(long samples) => _held -= samples;

    public QueryStatistics Statistics(long series, TimeSpan elapsed) => new(series, _read, _peak, elapsed);
}
