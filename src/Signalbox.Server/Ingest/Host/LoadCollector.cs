using Signalbox.Server.Ingest.Families;

namespace Signalbox.Server.Ingest.Host;

/// <summary>Load averages, from <c>/proc/loadavg</c>.</summary>
internal sealed class LoadCollector(HostFiles files) : IHostCollector
{
    private static readonly (string Name, string Help)[] Averages =
    [
        ("node_load1", "1m load average."), ("node_load5", "5m load average."), ("node_load15", "15m load average."),
    ];

    public string Name => "loadavg";

    public bool Collect(FamilyList families)
    {
        if (files.Read("proc/loadavg") is not { } text)
        {
            return false;
        }

        Parse(text, families);
        return true;
    }

    internal static void Parse(string text, FamilyList families)
    {
        var fields = KernelText.Fields(text);
        for (var index = 0; index < Averages.Length && index < fields.Length; index++)
        {
            if (KernelText.TryNumber(fields[index], out var value))
            {
                families.Gauge(Averages[index].Name, Averages[index].Help).Add(value);
            }
        }
    }
}
