using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Signalbox.PromQL.Model;
using Signalbox.Server.Ingest.Families;
using Signalbox.Server.Ingest.Host;
using Signalbox.Server.Platform;

namespace Signalbox.Server.Ingest.Self;

/// <summary>What every Prometheus client library says of its process, and which build this is.</summary>
/// <remarks>Source: https://prometheus.io/docs/instrumenting/writing_clientlibs/#process-metrics</remarks>
internal static class ProcessFamilies
{
    public static void AddTo(FamilyList families)
    {
        using var process = Process.GetCurrentProcess();
        families.Counter("process_cpu_seconds_total", "Total user and system CPU time spent in seconds.").Add(process.TotalProcessorTime.TotalSeconds);
        families.Gauge("process_resident_memory_bytes", "Resident memory size in bytes.").Add(process.WorkingSet64);
        families.Gauge("process_virtual_memory_bytes", "Virtual memory size in bytes.").Add(process.VirtualMemorySize64);
        families.Gauge("process_start_time_seconds", "Start time of the process since unix epoch in seconds.").Add(new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds() / 1000.0);
        families.Gauge("process_open_fds", "Number of open file descriptors.").Add(process.HandleCount);
        families.Gauge("process_threads", "Number of OS threads in the process.").Add(process.Threads.Count);
        if (new HostFiles("/").Read("proc/self/limits") is { } limits && MaxOpenFiles(limits) is { } maximum)
        {
            families.Gauge("process_max_fds", "Maximum number of open file descriptors.").Add(maximum);
        }

        var version = ProductVersion.Text.Split('+', 2);
        families.Gauge("signalbox_build_info", "Which build this is; the value is always 1.").Add(
            1,
            new Label("version", version[0]),
            new Label("revision", version.ElementAtOrDefault(1) ?? string.Empty),
            new Label("runtime", RuntimeInformation.FrameworkDescription),
            new Label("platform", RuntimeInformation.RuntimeIdentifier));
    }

    /// <summary>Reads the soft limit from the line <c>Max open files   1024   524288   files</c>.</summary>
    internal static double? MaxOpenFiles(string limits)
    {
        var line = KernelText.Lines(limits).FirstOrDefault(static line => line.StartsWith("Max open files", StringComparison.Ordinal));
        var fields = line is null ? [] : KernelText.Fields(line);
        return fields.Length > 3 && double.TryParse(fields[3], NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
    }
}
