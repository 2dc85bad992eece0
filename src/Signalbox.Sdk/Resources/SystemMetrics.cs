namespace Signalbox.Sdk.Resources;

/// <summary>What process and machine use at one moment.</summary>
public sealed record SystemMetrics(DateTimeOffset At, CpuMetrics Cpu, MemoryMetrics Memory, IReadOnlyList<DiskMetrics> Disks);

/// <summary>Use of processors since the collection before.</summary>
/// <param name="ProcessPercent">Of all cores together, 0 – 100: this process.</param>
/// <param name="SystemPercent">Of all cores together, 0 – 100: the whole machine; null where it cannot be seen, and at the first collection.</param>
/// <param name="LoadAverage">Over 1, 5 and 15 minutes; null where the system has none.</param>
public sealed record CpuMetrics(double ProcessPercent, double? SystemPercent, LoadAverage? LoadAverage);

/// <summary>Mean number of tasks that ran or wanted to.</summary>
public sealed record LoadAverage(double OneMinute, double FiveMinutes, double FifteenMinutes);

/// <summary>Memory in bytes.</summary>
/// <param name="Used">In use on the managed heap.</param>
/// <param name="Total">What the managed heap has from the system.</param>
/// <param name="External">Resident memory beyond the managed heap: the runtime, native libraries, stacks.</param>
/// <param name="Rss">Resident memory of the process.</param>
/// <param name="Limit">What the process may use at most: its container's limit or the machine's memory.</param>
public sealed record MemoryMetrics(long Used, long Total, long External, long Rss, long Limit)
{
    public double Percent => Limit > 0 ? 100.0 * Rss / Limit : 0;
}

/// <summary>A disk in bytes.</summary>
/// <param name="Path">The folder that was asked about.</param>
/// <param name="Free">What this process may still write.</param>
public sealed record DiskMetrics(string Path, long Total, long Free)
{
    public double UsedPercent => Total > 0 ? 100.0 * (Total - Free) / Total : 0;
}
