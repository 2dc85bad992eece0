using System.Diagnostics;
using System.Globalization;

namespace Signalbox.Sdk.Resources;

/// <summary>This machine.</summary>
/// <remarks>Source: https://man7.org/linux/man-pages/man5/proc.5.html (<c>/proc/stat</c>, <c>/proc/loadavg</c>).</remarks>
internal sealed class SystemSource : ISystemSource
{
    /// <summary>Of the columns of <c>/proc/stat</c>: idle and iowait, in which nothing works.</summary>
    private const int Idle = 3;
    private const int IoWait = 4;

    /// <summary>user to steal; the guests' times after them are within user and nice already.</summary>
    private const int Columns = 8;

    public int Processors => Environment.ProcessorCount;

    public TimeSpan ReadProcessTime() => Environment.CpuUsage.TotalTime;

    public (double Busy, double All)? ReadSystemTicks() => ReadLine("/proc/stat") is { } line ? ParseTicks(line) : null;

    public LoadAverage? ReadLoad() => ReadLine("/proc/loadavg") is { } line ? ParseLoad(line) : null;

    public MemoryMetrics ReadMemory()
    {
        var heap = GC.GetGCMemoryInfo(GCKind.Any);
        using var process = Process.GetCurrentProcess();
        var rss = process.WorkingSet64;
        var used = GC.GetTotalMemory(forceFullCollection: false);
        var total = Math.Max(heap.TotalCommittedBytes, used);
        return new MemoryMetrics(used, total, Math.Max(0, rss - total), rss, heap.TotalAvailableMemoryBytes);
    }

    public DiskMetrics? ReadDisk(string path)
    {
        try
        {
            var drive = new DriveInfo(Path.GetFullPath(path));
            return Directory.Exists(path) ? new DiskMetrics(path, drive.TotalSize, drive.AvailableFreeSpace) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // On Windows a folder of another machine (\\server\share) is on no drive, which is an argument's fault there.
            return null;
        }
    }

    internal static (double Busy, double All)? ParseTicks(string line)
    {
        var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length <= IoWait + 1 || fields[0] != "cpu")
        {
            return null;
        }

        var all = 0.0;
        var idle = 0.0;
        for (var column = 0; column < Math.Min(Columns, fields.Length - 1); column++)
        {
            if (!ulong.TryParse(fields[column + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks))
            {
                return null;
            }

            all += ticks;
            idle += column is Idle or IoWait ? ticks : 0;
        }

        return (all - idle, all);
    }

    internal static LoadAverage? ParseLoad(string line)
    {
        var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length >= 3 && Number(fields[0]) is { } one && Number(fields[1]) is { } five && Number(fields[2]) is { } fifteen ? new LoadAverage(one, five, fifteen) : null;
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <returns>The first line; null where there is no such file.</returns>
    private static string? ReadLine(string file)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        try
        {
            using var reader = new StreamReader(file);
            return reader.ReadLine();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
