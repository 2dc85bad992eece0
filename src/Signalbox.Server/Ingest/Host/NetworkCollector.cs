using Signalbox.PromQL.Model;
using Signalbox.Server.Ingest.Families;

namespace Signalbox.Server.Ingest.Host;

/// <summary>Bytes, packets and errors of network devices, from <c>/proc/net/dev</c>.</summary>
internal sealed class NetworkCollector(HostFiles files) : IHostCollector
{
    private static readonly string[] Columns =
    [
        "receive_bytes", "receive_packets", "receive_errs", "receive_drop", "receive_fifo", "receive_frame", "receive_compressed", "receive_multicast",
        "transmit_bytes", "transmit_packets", "transmit_errs", "transmit_drop", "transmit_fifo", "transmit_colls", "transmit_carrier", "transmit_compressed",
    ];

    public string Name => "netdev";

    public bool Collect(FamilyList families)
    {
        if (files.Read("proc/net/dev") is not { } text)
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
            // A device's name may contain a colon (an alias), so the last one that is followed by the counters divides.
            var colon = line.LastIndexOf(':');
            var counters = colon < 0 ? [] : KernelText.Fields(line[(colon + 1)..]);
            var name = colon < 0 ? string.Empty : line[..colon].Trim();
            if (counters.Length < Columns.Length || name.Length == 0)
            {
                continue;
            }

            var device = new Label("device", name);
            for (var column = 0; column < Columns.Length; column++)
            {
                if (KernelText.TryNumber(counters[column], out var value))
                {
                    families.Counter($"node_network_{Columns[column]}_total", $"Network device statistic {Columns[column]}.").Add(value, device);
                }
            }
        }
    }
}
