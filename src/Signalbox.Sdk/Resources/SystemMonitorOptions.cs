using Signalbox.Sdk.Alerts;

namespace Signalbox.Sdk.Resources;

/// <summary>What a <see cref="SystemMonitor"/> looks at, and from when on it warns.</summary>
public sealed record SystemMonitorOptions
{
    /// <summary>Time between two collections of <see cref="SystemMonitor.RunAsync"/>. 1 s – 1 h, default 10 s.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Folders whose disks are looked at. Default: the one of the working folder.</summary>
    public IReadOnlyList<string> Disks { get; init; } = ["."];

    /// <summary>Percent of all cores of the machine (of the process, where the machine's cannot be seen). Default 80; above 100 never warns.</summary>
    public double CpuPercent { get; init; } = 80;

    /// <summary>Percent of what the process may use. Default 85.</summary>
    public double MemoryPercent { get; init; } = 85;

    /// <summary>Percent of a disk. Default 90.</summary>
    public double DiskPercent { get; init; } = 90;

    /// <summary>Where warnings go. Null: nowhere.</summary>
    public AlertHub? Alerts { get; init; }

    /// <summary>Told of each collection. Default: none.</summary>
    public Action<SystemMetrics>? OnCollected { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
