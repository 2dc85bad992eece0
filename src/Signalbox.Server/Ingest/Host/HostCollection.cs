using Signalbox.PromQL.Model;
using Signalbox.Server.Ingest.Families;

namespace Signalbox.Server.Ingest.Host;

/// <summary>Runs all collectors once and reports how each of them went, as node_exporter does.</summary>
/// <param name="filesystems">The one collector that has to wait for others; null where there is none.</param>
internal sealed class HostCollection(IReadOnlyList<IHostCollector> collectors, FilesystemCollector? filesystems, TimeProvider clock)
{
    public static HostCollection ForThisMachine(TimeProvider clock) =>
        OperatingSystem.IsLinux() ? ForLinux(new HostFiles("/"), clock) : new HostCollection([new PortableCollector(clock)], null, clock);

    public static HostCollection ForLinux(HostFiles files, TimeProvider clock)
    {
        var filesystems = new FilesystemCollector(files, clock);
        return new HostCollection(
            [
                new CpuCollector(files),
                new StatCollector(files),
                new LoadCollector(files),
                new MemoryCollector(files),
                new DiskCollector(files),
                filesystems,
                new NetworkCollector(files),
                new NetworkClassCollector(files),
                new NetworkStatisticsCollector(files),
                new SocketCollector(files),
                new PressureCollector(files),
                new VirtualMemoryCollector(files),
                new SystemCollector(files, clock),
            ],
            filesystems,
            clock);
    }

    public async Task<FamilyList> CollectAsync(CancellationToken cancellationToken)
    {
        if (filesystems is not null)
        {
            await filesystems.RefreshAsync(cancellationToken);
        }

        var families = new FamilyList();
        var durations = families.Gauge("node_scrape_collector_duration_seconds", "Duration of a collector scrape.");
        var successes = families.Gauge("node_scrape_collector_success", "Whether a collector succeeded.");
        foreach (var collector in collectors)
        {
            var started = clock.GetTimestamp();
            var label = new Label("collector", collector.Name);
            successes.Add(collector.Collect(families) ? 1 : 0, label);
            durations.Add(clock.GetElapsedTime(started).TotalSeconds, label);
        }

        return families;
    }
}
