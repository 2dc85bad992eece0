using System.Net.NetworkInformation;
using System.Runtime.InteropServices;
using Signalbox.PromQL.Model;
using Signalbox.Server.Ingest.Families;

namespace Signalbox.Server.Ingest.Host;

/// <summary>What the runtime alone can say of a machine that is not Linux: clock, name, memory, drives and network.</summary>
internal sealed class PortableCollector(TimeProvider clock) : IHostCollector
{
    public string Name => "portable";

    public bool Collect(FamilyList families)
    {
        families.Gauge("node_time_seconds", "System time in seconds since epoch (1970).").Add(clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0);
        families.Gauge("node_uname_info", "Labeled system information.").Add(
            1,
            new Label("sysname", RuntimeInformation.OSDescription),
            new Label("nodename", Environment.MachineName),
            new Label("machine", RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()));
        families.Gauge("node_memory_MemTotal_bytes", "Memory information field MemTotal.").Add(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
        foreach (var drive in DriveInfo.GetDrives().Where(static drive => drive.IsReady))
        {
            Label[] labels = [new("device", drive.Name), new("fstype", drive.DriveFormat), new("mountpoint", drive.RootDirectory.FullName)];
            families.Gauge("node_filesystem_size_bytes", "Filesystem size in bytes.").Add(drive.TotalSize, labels);
            families.Gauge("node_filesystem_free_bytes", "Filesystem free space in bytes.").Add(drive.TotalFreeSpace, labels);
            families.Gauge("node_filesystem_avail_bytes", "Filesystem space available to non-root users in bytes.").Add(drive.AvailableFreeSpace, labels);
        }

        foreach (var network in NetworkInterface.GetAllNetworkInterfaces())
        {
            var statistics = network.GetIPStatistics();
            var device = new Label("device", network.Name);
            families.Counter("node_network_receive_bytes_total", "Network device statistic receive_bytes.").Add(statistics.BytesReceived, device);
            families.Counter("node_network_transmit_bytes_total", "Network device statistic transmit_bytes.").Add(statistics.BytesSent, device);
            families.Gauge("node_network_up", "Value is 1 if operstate is 'up', 0 otherwise.").Add(network.OperationalStatus == OperationalStatus.Up ? 1 : 0, device);
        }

        return true;
    }
}
