using Signalbox.PromQL.Model;
using Signalbox.Server.Ingest.Families;

namespace Signalbox.Server.Ingest.Host;

/// <summary>State, speed and size of network devices, from <c>/sys/class/net</c>.</summary>
internal sealed class NetworkClassCollector(HostFiles files) : IHostCollector
{
    private const double BytesPerMegabit = 1_000_000.0 / 8;

    public string Name => "netclass";

    public bool Collect(FamilyList families)
    {
        const string Folder = "sys/class/net";
        var devices = files.Entries(Folder);
        foreach (var name in devices)
        {
            if (files.ReadLine($"{Folder}/{name}/operstate") is not { } state)
            {
                continue;
            }

            var device = new Label("device", name);
            families.Gauge("node_network_up", "Value is 1 if operstate is 'up', 0 otherwise.").Add(state == "up" ? 1 : 0, device);
            families.Gauge("node_network_info", "Non-numeric data from /sys/class/net/<iface>, value is always 1.").Add(
                1,
                device,
                new Label("address", files.ReadLine($"{Folder}/{name}/address") ?? string.Empty),
                new Label("broadcast", files.ReadLine($"{Folder}/{name}/broadcast") ?? string.Empty),
                new Label("duplex", files.ReadLine($"{Folder}/{name}/duplex") ?? string.Empty),
                new Label("operstate", state));
            if (KernelText.Number(files.ReadLine($"{Folder}/{name}/mtu")) is { } size)
            {
                families.Gauge("node_network_mtu_bytes", "Network device property: mtu_bytes").Add(size, device);
            }

            // Devices without a link say -1.
            if (KernelText.Number(files.ReadLine($"{Folder}/{name}/speed")) is { } speed and >= 0)
            {
                families.Gauge("node_network_speed_bytes", "Network device property: speed_bytes").Add(speed * BytesPerMegabit, device);
            }
        }

        return devices.Count > 0;
    }
}
