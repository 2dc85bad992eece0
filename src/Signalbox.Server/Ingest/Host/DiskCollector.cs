using System.Text.RegularExpressions;
using Signalbox.PromQL.Model;
using Signalbox.Server.Ingest.Families;
using Signalbox.Telemetry.Metrics;

namespace Signalbox.Server.Ingest.Host;

/// <summary>Reads, writes and waiting of block devices, from <c>/proc/diskstats</c>; partitions, loop and RAM devices are left out, as node_exporter does.</summary>
/// <remarks>Source: https://www.kernel.org/doc/html/latest/admin-guide/iostats.html</remarks>
internal sealed partial class DiskCollector(HostFiles files) : IHostCollector
{
    /// <summary>The kernel's sectors have 512 bytes here, whatever the device's are.</summary>
    private const double SectorBytes = 512;
    private const double SecondsPerMillisecond = 0.001;

    private static readonly (string Name, MetricType Type, double Factor, string Help)[] Columns =
    [
        ("node_disk_reads_completed_total", MetricType.Counter, 1, "The total number of reads completed successfully."),
        ("node_disk_reads_merged_total", MetricType.Counter, 1, "The total number of reads merged."),
        ("node_disk_read_bytes_total", MetricType.Counter, SectorBytes, "The total number of bytes read successfully."),
        ("node_disk_read_time_seconds_total", MetricType.Counter, SecondsPerMillisecond, "The total number of seconds spent by all reads."),
        ("node_disk_writes_completed_total", MetricType.Counter, 1, "The total number of writes completed successfully."),
        ("node_disk_writes_merged_total", MetricType.Counter, 1, "The number of writes merged."),
        ("node_disk_written_bytes_total", MetricType.Counter, SectorBytes, "The total number of bytes written successfully."),
        ("node_disk_write_time_seconds_total", MetricType.Counter, SecondsPerMillisecond, "The total number of seconds spent by all writes."),
        ("node_disk_io_now", MetricType.Gauge, 1, "The number of I/Os currently in progress."),
        ("node_disk_io_time_seconds_total", MetricType.Counter, SecondsPerMillisecond, "Total seconds spent doing I/Os."),
        ("node_disk_io_time_weighted_seconds_total", MetricType.Counter, SecondsPerMillisecond, "The weighted number of seconds spent doing I/Os."),
        ("node_disk_discards_completed_total", MetricType.Counter, 1, "The total number of discards completed successfully."),
        ("node_disk_discards_merged_total", MetricType.Counter, 1, "The total number of discards merged."),
        ("node_disk_discarded_sectors_total", MetricType.Counter, 1, "The total number of sectors discarded successfully."),
        ("node_disk_discard_time_seconds_total", MetricType.Counter, SecondsPerMillisecond, "Seconds spent by all discards."),
        ("node_disk_flush_requests_total", MetricType.Counter, 1, "The total number of flush requests completed successfully."),
        ("node_disk_flush_requests_time_seconds_total", MetricType.Counter, SecondsPerMillisecond, "Seconds spent by all flush requests."),
    ];

    public string Name => "diskstats";

    public bool Collect(FamilyList families)
    {
        if (files.Read("proc/diskstats") is not { } text)
        {
            return false;
        }

        Parse(text, families);
        return true;
    }

    internal static void Parse(string text, FamilyList families)
    {
        foreach (var line in KernelText.Lines(text))
        {
            var fields = KernelText.Fields(line);
            if (fields.Length < 14 || Ignored().IsMatch(fields[2]))
            {
                continue;
            }

            var device = new Label("device", fields[2]);
            families.Gauge("node_disk_info", "Info of /sys/block/<block_device>.").Add(1, device, new Label("major", fields[0]), new Label("minor", fields[1]));
            for (var column = 0; column < Columns.Length && column + 3 < fields.Length; column++)
            {
                if (KernelText.TryNumber(fields[column + 3], out var value))
                {
                    var (name, type, factor, help) = Columns[column];
                    families.Family(name, type, help).Add(value * factor, device);
                }
            }
        }
    }

    [GeneratedRegex(@"^(z?ram|loop|fd|(h|s|v|xv)d[a-z]|nvme\d+n\d+p)\d+$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Ignored();
}
