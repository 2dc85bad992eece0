namespace Signalbox.Server.Runs.Reports;

/// <summary>What runner and process tree used.</summary>
internal sealed record RunResources
{
    /// <summary>0: without limit.</summary>
    public long LimitBytes { get; init; }

    public long PeakBytes { get; init; }

    /// <summary>Of the limit.</summary>
    public double PeakPercent { get; init; }

    /// <summary><c>rss</c>, <c>pss</c> or <c>cgroup</c>; absent when nothing was measured.</summary>
    public string? Measure { get; init; }

    public double CpuSeconds { get; init; }

    /// <summary>Absent where it cannot be seen.</summary>
    public long? OomKills { get; init; }

    /// <summary>Times that memory came to the warning threshold from below.</summary>
    public long Warnings { get; init; }

    public long GarbageCollections { get; init; }

    public long Samples { get; init; }

    /// <summary>Points of <c>[offset in seconds, bytes of the tree, bytes of the runner, percent of a core]</c>, at most 600.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Chart { get => field ?? []; init; }

    /// <summary>The runner's own state at the last sample.</summary>
    public RunRunnerResources? Runner { get; init; }
}

/// <summary>What the runner's own runtime told at the last sample.</summary>
internal sealed record RunRunnerResources
{
    public long HeapAllocBytes { get; init; }

    public long HeapSysBytes { get; init; }

    public long Goroutines { get; init; }

    public long GcCount { get; init; }

    public double CpuPercent { get; init; }

    public long MemoryBytes { get; init; }
}
