namespace Signalbox.Scheduling;

/// <summary>How often and after what delays a failed execution is tried again.</summary>
public sealed record RetryPolicy
{
    /// <summary>The most attempts of one execution.</summary>
    public const int MostAttempts = 100;

    /// <summary>A delay is spread over its last quarter, so that executions that failed together do not come back together.</summary>
    private const double SpreadShare = 0.25;

    /// <summary>One attempt only.</summary>
    public static RetryPolicy None { get; } = new();

    /// <summary>Attempts in all, the first included; 1 to <see cref="MostAttempts"/>.</summary>
    public int MaxAttempts { get; init; } = 1;

    public Backoff Backoff { get; init; } = Backoff.Exponential;

    /// <summary>The delay before the second attempt; default 10 s.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>No delay is longer; default 10 min.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The ends that are tried again; default failed, timed out and lost.</summary>
    public IReadOnlyList<ExecutionState> On { get; init; } = [ExecutionState.Failed, ExecutionState.TimedOut, ExecutionState.Lost];

    /// <summary>Whether an attempt that ended in a state is followed by another.</summary>
    /// <param name="attempt">The attempt that ended, from 1.</param>
    public bool Retries(ExecutionState ended, int attempt) => attempt < MaxAttempts && On.Contains(ended);

    /// <summary>How long to wait before an attempt; the same execution always waits the same.</summary>
    /// <param name="attempt">The attempt that is about to come, from 2.</param>
    /// <param name="executionId">Spreads the delay between three quarters of it and the whole.</param>
    public TimeSpan DelayBefore(int attempt, string executionId)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempt, 2);
        var retry = attempt - 1;
        var factor = Backoff switch
        {
            Backoff.Constant => 1,
            Backoff.Linear => retry,
            _ => Math.Pow(2, Math.Min(retry - 1, 62)),
        };
        var milliseconds = (long)Math.Min(Delay.TotalMilliseconds * factor, MaxDelay.TotalMilliseconds);
        var spread = (long)(milliseconds * SpreadShare);
        return TimeSpan.FromMilliseconds(milliseconds - (spread > 0 ? StableHash.Below(StableHash.Of(executionId, attempt), spread + 1) : 0));
    }

    public bool Equals(RetryPolicy? other) =>
        other is not null && MaxAttempts == other.MaxAttempts && Backoff == other.Backoff && Delay == other.Delay && MaxDelay == other.MaxDelay && On.SequenceEqual(other.On);

    public override int GetHashCode() => HashCode.Combine(MaxAttempts, Backoff, Delay, MaxDelay, On.Count);
}
