namespace Signalbox.Runner.Resources;

/// <summary>What a command's tree uses at one moment.</summary>
/// <param name="Measure"><c>rss</c>, <c>pss</c> or <c>cgroup</c>.</param>
/// <param name="CpuTime">Of the tree since its start, as far as it can be seen; may fall when processes are gone.</param>
/// <param name="Handles">Open files; 0 where they cannot be seen.</param>
/// <param name="OomKills">Kills by the kernel for want of memory so far; null without a cgroup.</param>
internal readonly record struct TreeUsage(long Bytes, string Measure, TimeSpan CpuTime, int Processes, int Threads, int Handles, long? OomKills);

/// <summary>What the runner itself uses at one moment.</summary>
/// <param name="Bytes">Resident.</param>
/// <param name="HeapAlloc">In use on the managed heap.</param>
/// <param name="HeapSys">What the managed heap has from the system.</param>
/// <param name="Collections">Of the managed heap so far.</param>
/// <param name="Goroutines">Live threads and queued work items of the pool.</param>
internal readonly record struct RunnerUsage(long Bytes, long HeapAlloc, long HeapSys, long Collections, long Goroutines, TimeSpan CpuTime);
