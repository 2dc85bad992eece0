namespace Signalbox.Sdk.Resources;

/// <summary>Where a <see cref="SystemMonitor"/> has its figures from: the system, or a test.</summary>
internal interface ISystemSource
{
    int Processors { get; }

    /// <summary>Processor time of this process so far.</summary>
    TimeSpan ReadProcessTime();

    /// <summary>Ticks in which the machine's processors worked, and all ticks; null where it cannot be seen.</summary>
    (double Busy, double All)? ReadSystemTicks();

    LoadAverage? ReadLoad();

    MemoryMetrics ReadMemory();

    /// <returns>Null when there is no such folder, or its disk does not tell.</returns>
    DiskMetrics? ReadDisk(string path);
}
