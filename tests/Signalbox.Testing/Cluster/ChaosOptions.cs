namespace Signalbox.Testing.Cluster;

/// <summary>How long a cluster is tormented, and how.</summary>
public sealed record ChaosOptions
{
    public int Seed { get; init; } = 1;

    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(45);

    public int Servers { get; init; } = 3;

    /// <summary>Short, so that pauses longer than it can be made many times.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Where progress is told; null for nowhere.</summary>
    public Action<string>? Progress { get; init; }
}
