using System.Globalization;
using Signalbox.Server.Ingest.Host;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Files;
using Signalbox.Testing.Processes;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.Server.Tests.Ingest.Host;

/// <summary>Holds our names against those of the real node_exporter on the same machine.</summary>
public sealed class NodeExporterTests
{
    /// <summary>Prefixes of what is not measured here: collectors for hardware and services that boards for a machine do not draw, and the exporter's own process.</summary>
    private static readonly string[] NotMeasured =
    [
        "node_arp_", "node_bonding_", "node_btrfs_", "node_cooling_", "node_cpu_", "node_disk_ata_", "node_disk_device_mapper_", "node_disk_filesystem_", "node_dmi_", "node_edac_",
        "node_exporter_", "node_fibrechannel_", "node_hwmon_", "node_infiniband_", "node_ipvs_", "node_md_", "node_network_", "node_nfs_", "node_nfsd_", "node_nvme_", "node_nf_conntrack_stat_",
        "node_power_", "node_rapl_", "node_schedstat_", "node_selinux_", "node_softnet_", "node_tape_", "node_textfile_", "node_thermal_", "node_time_", "node_timex_", "node_udp_",
        "node_xfs_", "node_zfs_", "go_", "process_", "promhttp_", "node_apt_", "apt_", "node_reboot_", "smartmon_",
    ];

    /// <summary>Of the prefixes above, what is measured all the same.</summary>
    private static readonly string[] Measured = ["node_cpu_seconds_total", "node_cpu_guest_seconds_total", "node_time_seconds", "node_network_receive_bytes_total", "node_network_transmit_bytes_total", "node_network_up"];

    [Fact]
    public async Task NamesAreThoseOfTheRealNodeExporter()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var program = DebianPackage.NodeExporter.Require();
        var port = LoopbackPort.Free().ToString(CultureInfo.InvariantCulture);

        // What others have put into the machine's own folder of text files is nothing of this test.
        using var texts = new TemporaryFolder();
        await using var exporter = ChildProcess.Start(program, [$"--web.listen-address=127.0.0.1:{port}", $"--collector.textfile.directory={texts.Path}"]);
        await exporter.WaitForLineAsync("Listening on", cancellationToken);
        using var client = new HttpClient();

        // It says that it listens before it does.
        var theirs = NamesOf(await Eventually.GetsAsync("it answers", async () => (string?)await client.GetStringAsync($"http://127.0.0.1:{port}/metrics", cancellationToken), cancellationToken));
        var ours = (await HostCollection.ForThisMachine(TimeProvider.System).CollectAsync(cancellationToken)).All.Where(static family => family.Samples.Count > 0).Select(static family => family.Name).ToHashSet(StringComparer.Ordinal);

        var missing = theirs.Where(name => !ours.Contains(name) && (Measured.Contains(name, StringComparer.Ordinal) || !NotMeasured.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))));

        Assert.Empty(missing.Order(StringComparer.Ordinal));
    }

    private static HashSet<string> NamesOf(string text) =>
        [.. text.Split('\n').Where(static line => line.StartsWith("# TYPE ", StringComparison.Ordinal)).Select(static line => line.Split(' ')[2])];
}
