namespace Signalbox.Runner.Readings.Report;

/// <summary>What runner and process tree used.</summary>
internal sealed record ResourceReport
{
    /// <summary>0: without limit.</summary>
    public required long LimitBytes { get; init; }

    public required long PeakBytes { get; init; }

    /// <summary>Of the limit.</summary>
    public required double PeakPercent { get; init; }

    /// <summary><c>rss</c>, <c>pss</c> or <c>cgroup</c>; absent when nothing was measured.</summary>
    public string? Measure { get; init; }

    public required double CpuSeconds { get; init; }

    /// <summary>Absent where it cannot be seen.</summary>
    public long? OomKills { get; init; }

    /// <summary>Times that memory came to the warning threshold from below.</summary>
    public required long Warnings { get; init; }

    /// <summary>Collections that the runner asked for.</summary>
    public required long GarbageCollections { get; init; }

    public required long Samples { get; init; }

    /// <summary>Points of <c>[offset in seconds, bytes of the tree, bytes of the runner, percent of a core]</c>, at most 600.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Chart { get; init; } = [];

    /// <summary>The runner's own state at the last sample; absent when nothing was measured.</summary>
    public RunnerResources? Runner { get; init; }
}

/// <summary>What the runner's own runtime told at the last sample, for the metrics of the same names.</summary>
internal sealed record RunnerResources(long HeapAllocBytes, long HeapSysBytes, long Goroutines, long GcCount, double CpuPercent, long MemoryBytes);
