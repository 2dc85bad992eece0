using System.Globalization;
using Signalbox.PromQL.Model;
using Signalbox.Server.Ingest.Families;

namespace Signalbox.Server.Ingest.Host;

/// <summary>CPU time by core and mode, from <c>/proc/stat</c>.</summary>
internal sealed class CpuCollector(HostFiles files) : IHostCollector
{
    /// <summary>The kernel's USER_HZ, which every architecture that .NET runs on fixes at 100.</summary>
    private const double TicksPerSecond = 100;

    private static readonly string[] Modes = ["user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal"];

    public string Name => "cpu";

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
        var seconds = families.Counter("node_cpu_seconds_total", "Seconds the CPUs spent in each mode.");
        var guest = families.Counter("node_cpu_guest_seconds_total", "Seconds the CPUs spent in guests (VMs) for each mode.");
        foreach (var line in KernelText.Lines(text))
        {
            var fields = KernelText.Fields(line);
            if (fields.Length < 5 || !fields[0].StartsWith("cpu", StringComparison.Ordinal)
                || !int.TryParse(fields[0].AsSpan(3), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                continue;
            }

            var cpu = new Label("cpu", number.ToString(CultureInfo.InvariantCulture));
            for (var mode = 0; mode < Modes.Length; mode++)
            {
                Add(seconds, fields, mode + 1, cpu, Modes[mode]);
            }

            Add(guest, fields, 9, cpu, "user");
            Add(guest, fields, 10, cpu, "nice");
        }
    }

    private static void Add(MetricFamily family, string[] fields, int index, Label cpu, string mode)
    {
        if (index < fields.Length && KernelText.TryNumber(fields[index], out var ticks))
        {
            family.Add(ticks / TicksPerSecond, cpu, new Label("mode", mode));
        }
    }
}
