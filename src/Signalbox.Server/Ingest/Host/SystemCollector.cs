using System.Runtime.InteropServices;
using Signalbox.PromQL.Model;
using Signalbox.Server.Ingest.Families;

namespace Signalbox.Server.Ingest.Host;

/// <summary>Clock, kernel, distribution, open files and entropy: the small files below <c>/proc/sys</c> and <c>/etc/os-release</c>.</summary>
internal sealed class SystemCollector(HostFiles files, TimeProvider clock) : IHostCollector
{
    private static readonly string[] ReleaseKeys =
    [
        "build_id", "id", "id_like", "image_id", "image_version", "name", "pretty_name", "variant", "variant_id", "version", "version_codename", "version_id",
    ];

    public string Name => "uname";

    public bool Collect(FamilyList families)
    {
        families.Gauge("node_time_seconds", "System time in seconds since epoch (1970).").Add(clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0);
        CollectKernel(families);
        if (files.Read("etc/os-release") is { } release)
        {
            ParseRelease(release, families);
        }

        if (files.Read("proc/sys/fs/file-nr") is { } open)
        {
            ParseOpenFiles(open, families);
        }

        AddGauge(families, "proc/sys/kernel/random/entropy_avail", "node_entropy_available_bits", "Bits of available entropy.");
        AddGauge(families, "proc/sys/kernel/random/poolsize", "node_entropy_pool_size_bits", "Bits of entropy pool.");
        AddGauge(families, "proc/sys/net/netfilter/nf_conntrack_count", "node_nf_conntrack_entries", "Number of currently allocated flow entries for connection tracking.");
        AddGauge(families, "proc/sys/net/netfilter/nf_conntrack_max", "node_nf_conntrack_entries_limit", "Maximum size of connection tracking table.");
        return true;
    }

    internal static void ParseRelease(string text, FamilyList families)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in KernelText.Lines(text))
        {
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                values[line[..equals].Trim().ToLowerInvariant()] = line[(equals + 1)..].Trim().Trim('"', '\'');
            }
        }

        families.Gauge("node_os_info", "A metric with a constant '1' value labeled with the fields of os-release.")
            .Add(1, [.. ReleaseKeys.Select(key => new Label(key, values.GetValueOrDefault(key, string.Empty)))]);
        if (KernelText.Number(values.GetValueOrDefault("version_id")) is { } version)
        {
            families.Gauge("node_os_version", "Metric containing the major.minor part of the OS version.").Add(
                version,
                new Label("id", values.GetValueOrDefault("id", string.Empty)),
                new Label("id_like", values.GetValueOrDefault("id_like", string.Empty)),
                new Label("name", values.GetValueOrDefault("name", string.Empty)));
        }
    }

    internal static void ParseOpenFiles(string text, FamilyList families)
    {
        var fields = KernelText.Fields(text.Trim());
        if (fields.Length == 3 && KernelText.TryNumber(fields[0], out var allocated) && KernelText.TryNumber(fields[2], out var maximum))
        {
            families.Gauge("node_filefd_allocated", "File descriptor statistics: allocated.").Add(allocated);
            families.Gauge("node_filefd_maximum", "File descriptor statistics: maximum.").Add(maximum);
        }
    }

    private void CollectKernel(FamilyList families)
    {
        var machine = RuntimeInformation.OSArchitecture switch
        {
            Architecture.X64 => "x86_64",
            Architecture.Arm64 => "aarch64",
            var other => other.ToString().ToLowerInvariant(),
        };
        families.Gauge("node_uname_info", "Labeled system information as provided by the uname system call.").Add(
            1,
            new Label("sysname", files.ReadLine("proc/sys/kernel/ostype") ?? string.Empty),
            new Label("release", files.ReadLine("proc/sys/kernel/osrelease") ?? string.Empty),
            new Label("version", files.ReadLine("proc/sys/kernel/version") ?? string.Empty),
            new Label("nodename", files.ReadLine("proc/sys/kernel/hostname") ?? string.Empty),
            new Label("domainname", files.ReadLine("proc/sys/kernel/domainname") ?? string.Empty),
            new Label("machine", machine));
    }

    private void AddGauge(FamilyList families, string path, string name, string help)
    {
        if (KernelText.Number(files.ReadLine(path)) is { } value)
        {
            families.Gauge(name, help).Add(value);
        }
    }
}
