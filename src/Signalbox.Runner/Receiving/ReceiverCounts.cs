namespace Signalbox.Runner.Receiving;

/// <summary>What became of an agent's own telemetry. Thread-safe.</summary>
internal sealed class ReceiverCounts
{
    private long _taken;
    private long _strangers;
    private long _refused;
    private long _tooLarge;
    private long _notKept;
    private long _forwarded;
    private long _notForwarded;

    /// <summary>Requests that were taken.</summary>
    public long Taken => Interlocked.Read(ref _taken);

    /// <summary>Requests that did not know the run's secret.</summary>
    public long Strangers => Interlocked.Read(ref _strangers);

    /// <summary>Requests of another form than OTLP's.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Requests larger than the bound.</summary>
    public long TooLarge => Interlocked.Read(ref _tooLarge);

    /// <summary>JSON bodies that had no room in the file.</summary>
    public long NotKept => Interlocked.Read(ref _notKept);

    public long Forwarded => Interlocked.Read(ref _forwarded);

    /// <summary>Bodies that the endpoint did not take, or that had no room while it was slow.</summary>
    public long NotForwarded => Interlocked.Read(ref _notForwarded);

    public void CountTaken() => Interlocked.Increment(ref _taken);

    public void CountStranger() => Interlocked.Increment(ref _strangers);

    public void CountRefused() => Interlocked.Increment(ref _refused);

    public void CountTooLarge() => Interlocked.Increment(ref _tooLarge);

    public void CountNotKept() => Interlocked.Increment(ref _notKept);

    public void CountForwarded() => Interlocked.Increment(ref _forwarded);

    public void CountNotForwarded(long count = 1) => Interlocked.Add(ref _notForwarded, count);

    /// <summary>What a bound kept out, under the names of the report's <c>limits</c>; only what there was.</summary>
    public IEnumerable<KeyValuePair<string, long>> Limits()
    {
        if (TooLarge > 0)
        {
            yield return new("telemetry_too_large", TooLarge);
        }

        if (NotKept > 0)
        {
            yield return new("telemetry_not_kept", NotKept);
        }

        if (NotForwarded > 0)
        {
            yield return new("telemetry_not_forwarded", NotForwarded);
        }
    }
}
