using Signalbox.Server.Ingest.Families;
using Signalbox.Server.Ingest.Host;
using Xunit;

namespace Signalbox.Server.Tests.Ingest.Host;

public sealed class HostCollectorTests
{
    [Fact]
    public void ReadsCpuTimeByCoreAndModeInSeconds()
    {
        var families = Collect(CpuCollector.Parse, """
            cpu  38503 0 10295 394929 1257 0 158 44 0 0
            cpu0 17482 1 4741 200175 109 0 28 20 7 0
            cpu1 21020 0 5554 194754 1147 0 130 23 0 0
            intr 834619 0 0
            """);

        Assert.Equal(174.82, families.Value("node_cpu_seconds_total", ("cpu", "0"), ("mode", "user")));
        Assert.Equal(0.01, families.Value("node_cpu_seconds_total", ("cpu", "0"), ("mode", "nice")));
        Assert.Equal(1947.54, families.Value("node_cpu_seconds_total", ("cpu", "1"), ("mode", "idle")));
        Assert.Equal(0.23, families.Value("node_cpu_seconds_total", ("cpu", "1"), ("mode", "steal")));
        Assert.Equal(0.07, families.Value("node_cpu_guest_seconds_total", ("cpu", "0"), ("mode", "user")));
        Assert.Equal(16, families.Count("node_cpu_seconds_total"));
    }

    [Fact]
    public void ReadsWhatTheKernelCountsAsAWhole()
    {
        var families = Collect(StatCollector.Parse, "cpu  1 2\nintr 834632 0 0\nctxt 3464023\nbtime 1795321106\nprocesses 13757\nprocs_running 2\nprocs_blocked 0\nsoftirq 441501 0\n");

        Assert.Equal(834632, families.Value("node_intr_total"));
        Assert.Equal(3464023, families.Value("node_context_switches_total"));
        Assert.Equal(1795321106, families.Value("node_boot_time_seconds"));
        Assert.Equal(13757, families.Value("node_forks_total"));
        Assert.Equal(2, families.Value("node_procs_running"));
        Assert.Equal(0, families.Value("node_procs_blocked"));
    }

    [Fact]
    public void ReadsTheThreeLoadAverages()
    {
        var families = Collect(LoadCollector.Parse, "0.17 0.71 1.57 1/118 13773\n");

        Assert.Equal(0.17, families.Value("node_load1"));
        Assert.Equal(0.71, families.Value("node_load5"));
        Assert.Equal(1.57, families.Value("node_load15"));
    }

    [Fact]
    public void ReadsMemoryInBytesAndCountsWithoutUnit()
    {
        var families = Collect(MemoryCollector.Parse, "MemTotal:       24684084 kB\nActive(anon):      12 kB\nHugePages_Total:       3\nHugepagesize:       2048 kB\n");

        Assert.Equal(24684084.0 * 1024, families.Value("node_memory_MemTotal_bytes"));
        Assert.Equal(12288, families.Value("node_memory_Active_anon_bytes"));
        Assert.Equal(3, families.Value("node_memory_HugePages_Total"));
        Assert.Equal(2097152, families.Value("node_memory_Hugepagesize_bytes"));
    }

    [Fact]
    public void ReadsDisksAndLeavesOutPartitionsLoopsAndMemory()
    {
        var families = Collect(DiskCollector.Parse, """
               7       0 loop0 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
             254       0 vda 106780 38697 9833386 44947 48586 53320 9803216 20516 2 26596 66332 5071 25 621464 562 8949 305
             254       1 vda1 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17
             259       0 nvme0n1 1 0 8 1000 0 0 0 0 0 0 0
             259       1 nvme0n1p1 1 0 8 1000 0 0 0 0 0 0 0
            """);

        Assert.Equal(106780, families.Value("node_disk_reads_completed_total", ("device", "vda")));
        Assert.Equal(9833386.0 * 512, families.Value("node_disk_read_bytes_total", ("device", "vda")));
        Assert.Equal(20.516, families.Value("node_disk_write_time_seconds_total", ("device", "vda")), 9);
        Assert.Equal(2, families.Value("node_disk_io_now", ("device", "vda")));
        Assert.Equal(66.332, families.Value("node_disk_io_time_weighted_seconds_total", ("device", "vda")), 9);
        Assert.Equal(0.305, families.Value("node_disk_flush_requests_time_seconds_total", ("device", "vda")), 9);
        Assert.Equal(1, families.Value("node_disk_read_time_seconds_total", ("device", "nvme0n1")));
        Assert.Equal(2, families.Count("node_disk_reads_completed_total"));
    }

    [Fact]
    public void ReadsNetworkDevices()
    {
        var families = Collect(NetworkCollector.Parse, """
            Inter-|   Receive                                                |  Transmit
             face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
                lo: 4370559    3715    0    0    0     0          0         0  4370559    3715    0    0    0     0       0          0
              eth0:1013169590   24545    1    2    3     4          5         6  1569633   15634    7    8    9    10      11         12
            """);

        Assert.Equal(1013169590, families.Value("node_network_receive_bytes_total", ("device", "eth0")));
        Assert.Equal(6, families.Value("node_network_receive_multicast_total", ("device", "eth0")));
        Assert.Equal(1569633, families.Value("node_network_transmit_bytes_total", ("device", "eth0")));
        Assert.Equal(11, families.Value("node_network_transmit_carrier_total", ("device", "eth0")));
        Assert.Equal(3715, families.Value("node_network_receive_packets_total", ("device", "lo")));
    }

    [Fact]
    public void ReadsPressureInSeconds()
    {
        const string Text = "some avg10=0.00 avg60=0.94 avg300=5.93 total=104573856\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=2500000\n";
        var families = new FamilyList();
        PressureCollector.Parse("cpu", Text, families);
        PressureCollector.Parse("io", Text, families);

        Assert.Equal(104.573856, families.Value("node_pressure_cpu_waiting_seconds_total"), 9);
        Assert.Equal(2.5, families.Value("node_pressure_io_stalled_seconds_total"), 9);
        Assert.DoesNotContain(families.All, static family => family.Name == "node_pressure_cpu_stalled_seconds_total");
    }

    [Fact]
    public void ReadsSocketsAndTheirMemory()
    {
        var families = new FamilyList();
        SocketCollector.Parse("sockets: used 20\nTCP: inuse 4 orphan 0 tw 0 alloc 4 mem 151\nFRAG: inuse 0 memory 0\n", 4096, families);

        Assert.Equal(20, families.Value("node_sockstat_sockets_used"));
        Assert.Equal(4, families.Value("node_sockstat_TCP_inuse"));
        Assert.Equal(151.0 * 4096, families.Value("node_sockstat_TCP_mem_bytes"));
    }

    [Fact]
    public void ReadsTheProtocolCountersThatBoardsUse()
    {
        var families = new FamilyList();
        NetworkStatisticsCollector.ParsePairs("Tcp: RtoAlgorithm ActiveOpens CurrEstab InErrs\nTcp: 1 192 2 9\nTcpExt: SyncookiesSent ListenDrops\nTcpExt: 5 6\n", families);
        NetworkStatisticsCollector.ParseSix("Ip6InOctets 17\nUdp6NoPorts 3\nIp6Other 1\n", families);

        Assert.Equal(192, families.Value("node_netstat_Tcp_ActiveOpens"));
        Assert.Equal(9, families.Value("node_netstat_Tcp_InErrs"));
        Assert.Equal(6, families.Value("node_netstat_TcpExt_ListenDrops"));
        Assert.Equal(17, families.Value("node_netstat_Ip6_InOctets"));
        Assert.Equal(3, families.Value("node_netstat_Udp6_NoPorts"));
        Assert.DoesNotContain(families.All, static family => family.Name is "node_netstat_Tcp_RtoAlgorithm" or "node_netstat_Ip6_Other");
    }

    [Fact]
    public void ReadsTheMountsThatAreDisks()
    {
        var mounts = FilesystemCollector.Parse("""
            proc /proc proc rw,relatime 0 0
            /dev/vda / ext4 rw,relatime,discard 0 0
            /dev/vda / ext4 rw,relatime,discard 0 0
            /dev/sdb1 /mnt/my\040disk xfs ro,noatime 0 0
            overlay /var/lib/docker/overlay2/x/merged overlay rw 0 0
            tmpfs /run tmpfs rw 0 0
            """);

        Assert.Equal([new Mount("/dev/vda", "/", "ext4", false), new Mount("/dev/sdb1", "/mnt/my disk", "xfs", true), new Mount("tmpfs", "/run", "tmpfs", false)], mounts);
        Assert.Equal([new Mount("overlay", "/", "overlay", false)], FilesystemCollector.Parse("overlay / overlay rw,relatime 0 0\n"));
    }

    [Fact]
    public void ReadsTheDistributionAndOpenFiles()
    {
        var families = new FamilyList();
        SystemCollector.ParseRelease("PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nVERSION_ID=\"12\"\nID=debian\n", families);
        SystemCollector.ParseOpenFiles("661\t0\t2466170\n", families);

        Assert.Equal(12, families.Value("node_os_version", ("id", "debian"), ("id_like", ""), ("name", "")));
        Assert.Equal(661, families.Value("node_filefd_allocated"));
        Assert.Equal(2466170, families.Value("node_filefd_maximum"));
    }

    private static FamilyList Collect(Action<string, FamilyList> parse, string text)
    {
        var families = new FamilyList();
        parse(text, families);
        return families;
    }
}
