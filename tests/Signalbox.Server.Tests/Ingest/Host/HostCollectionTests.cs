using Signalbox.Server.Ingest.Host;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Server.Tests.Ingest.Host;

public sealed class HostCollectionTests
{
    [Fact]
    public async Task SaysOfEachCollectorWhetherItsFilesAreThere()
    {
        using var root = new TemporaryFolder();
        root.Write("proc/loadavg", "1.5 0.5 0.25 1/100 7\n");

        var families = await HostCollection.ForLinux(new HostFiles(root.Path), new FakeClock()).CollectAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1.5, families.Value("node_load1"));
        Assert.Equal(1, families.Value("node_scrape_collector_success", ("collector", "loadavg")));
        Assert.Equal(0, families.Value("node_scrape_collector_success", ("collector", "meminfo")));
        Assert.Equal(0, families.Value("node_scrape_collector_duration_seconds", ("collector", "loadavg")));
    }

    [Fact]
    public async Task MeasuresARealMountedFolder()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The table of mounts is Linux's.");
        using var root = new TemporaryFolder();
        root.Write("proc/self/mounts", $"/dev/disk {root.Path} ext4 rw 0 0\n/dev/gone /no/such/folder ext4 rw 0 0\n");

        var families = await HostCollection.ForLinux(new HostFiles(root.Path), TimeProvider.System).CollectAsync(TestContext.Current.CancellationToken);

        var drive = new DriveInfo(root.Path);
        Assert.Equal(drive.TotalSize, families.Value("node_filesystem_size_bytes", ("device", "/dev/disk"), ("fstype", "ext4"), ("mountpoint", root.Path)));
        Assert.Equal(1, families.Value("node_filesystem_device_error", ("device", "/dev/gone"), ("fstype", "ext4"), ("mountpoint", "/no/such/folder")));
        Assert.InRange(families.Value("node_filesystem_files", ("device", "/dev/disk"), ("fstype", "ext4"), ("mountpoint", root.Path)), 1, double.MaxValue);
    }

    [Fact]
    public async Task MeasuresThisMachine()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems are measured by what the runtime gives.");

        var families = await HostCollection.ForThisMachine(TimeProvider.System).CollectAsync(TestContext.Current.CancellationToken);

        Assert.InRange(families.Value("node_memory_MemTotal_bytes"), 1, double.MaxValue);
        Assert.InRange(families.Count("node_cpu_seconds_total"), 8, int.MaxValue);
        Assert.InRange(families.Count("node_filesystem_size_bytes"), 1, int.MaxValue);
    }
}
