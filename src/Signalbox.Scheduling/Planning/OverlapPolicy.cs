namespace Signalbox.Scheduling;

/// <summary>What a job does about overlapping runs, and how many may wait.</summary>
/// <param name="QueueLimit">How many runs may wait under <see cref="OverlapMode.Queue"/>, 1 to <see cref="MaxQueueLimit"/>; 0 in the other modes.</param>
public sealed record OverlapPolicy(OverlapMode Mode, int QueueLimit)
{
    /// <summary>The most runs of one concurrency group that may wait.</summary>
    public const int MaxQueueLimit = 10_000;

    public static OverlapPolicy Forbid { get; } = new(OverlapMode.Forbid, 0);

    public static OverlapPolicy Allow { get; } = new(OverlapMode.Allow, 0);

    public static OverlapPolicy Replace { get; } = new(OverlapMode.Replace, 0);

    public static OverlapPolicy Queue(int limit) => limit is >= 1 and <= MaxQueueLimit
        ? new OverlapPolicy(OverlapMode.Queue, limit)
        : throw new ArgumentOutOfRangeException(nameof(limit), limit, "From 1 to 10,000 runs may wait.");

    /// <summary>What a fire does whose time has come.</summary>
    /// <param name="running">Whether a run of its concurrency group is under way.</param>
    /// <param name="waiting">How many runs of the group wait before it.</param>
    public OverlapDecision Decide(bool running, int waiting) => Mode switch
    {
        OverlapMode.Allow => OverlapDecision.Start,
        OverlapMode.Queue when running || waiting > 0 => waiting >= QueueLimit ? OverlapDecision.SkipQueueFull : OverlapDecision.Wait,
        OverlapMode.Forbid when running || waiting > 0 => OverlapDecision.SkipOverlap,
        OverlapMode.Replace when running => OverlapDecision.ReplaceRunning,
        _ => OverlapDecision.Start,
    };
}

/// <summary>What a fire does whose time has come.</summary>
public enum OverlapDecision
{
    /// <summary>It starts.</summary>
    Start,

    /// <summary>It waits for its turn.</summary>
    Wait,

    /// <summary>It asks the running one to end, and waits for that.</summary>
    ReplaceRunning,

    /// <summary>It is skipped because of <see cref="SkipReason.Overlap"/>.</summary>
    SkipOverlap,

    /// <summary>It is skipped because of <see cref="SkipReason.QueueFull"/>.</summary>
    SkipQueueFull,
}
