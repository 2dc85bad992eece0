using Signalbox.Server.Ingest.Families;

namespace Signalbox.Server.Ingest.Host;

/// <summary>Boot time, context switches, forks, interrupts and runnable processes, from <c>/proc/stat</c>.</summary>
internal sealed class StatCollector(HostFiles files) : IHostCollector
{
    public string Name => "stat";

    public bool Collect(FamilyList families)
    {
        if (files.Read("proc/stat") is not { } text)
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
            // The interrupt line is long; only its second field counts.
            var fields = KernelText.Fields(line.Length > 200 ? line[..200] : line);
            if (fields.Length < 2 || !KernelText.TryNumber(fields[1], out var value))
            {
                continue;
            }

            var family = fields[0] switch
            {
                "btime" => families.Gauge("node_boot_time_seconds", "Node boot time, in unixtime."),
                "ctxt" => families.Counter("node_context_switches_total", "Total number of context switches."),
                "processes" => families.Counter("node_forks_total", "Total number of forks."),
                "intr" => families.Counter("node_intr_total", "Total number of interrupts serviced."),
                "procs_running" => families.Gauge("node_procs_running", "Number of processes in runnable state."),
                "procs_blocked" => families.Gauge("node_procs_blocked", "Number of processes blocked waiting for I/O to complete."),
                _ => null,
            };
            family?.Add(value);
        }
    }
}
