using System.Text.Json.Serialization;

namespace Signalbox.Runner.Facts;

/// <summary>What runner and process tree used at one moment. One line of <c>samples.jsonl</c>.</summary>
[JsonConverter(typeof(ResourceSampleConverter))]
internal sealed record ResourceSample : RunFact
{
    /// <summary>Memory of runner and tree together, by <see cref="Measure"/>: what the limit is compared with.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>Of the limit.</summary>
    public required double MemoryPercent { get; init; }

    /// <summary><c>rss</c>, <c>pss</c> or <c>cgroup</c>.</summary>
    public required string Measure { get; init; }

    /// <summary>Resident memory of the runner itself.</summary>
    public required long RunnerBytes { get; init; }

    /// <summary>Bytes in use on the runner's managed heap.</summary>
    public required long HeapAlloc { get; init; }

    /// <summary>Bytes the runner's managed heap has from the system.</summary>
    public required long HeapSys { get; init; }

    /// <summary>Collections of the runner's heap so far.</summary>
    public required long NumGc { get; init; }

    /// <summary>Live threads of the runner and queued work items of its pool: what stands for goroutines here.</summary>
    public required long Goroutines { get; init; }

    /// <summary>Processes of the tree, the runner not among them.</summary>
    public required int Processes { get; init; }

    public required int Threads { get; init; }

    /// <summary>Open files of the tree; 0 where it cannot be seen.</summary>
    public required int Handles { get; init; }

    /// <summary>Of runner and tree since the sample before; 100 is one core.</summary>
    public required double CpuPercent { get; init; }

    /// <summary>Of runner and tree since the start.</summary>
    public required double CpuSeconds { get; init; }

    /// <summary><c>normal</c>, <c>warning</c>, <c>refusing</c> or <c>critical</c>.</summary>
    public required string Level { get; init; }

    /// <summary>Processes of the tree that the kernel has killed for want of memory so far; null without a cgroup.</summary>
    public long? OomKills { get; init; }
}
