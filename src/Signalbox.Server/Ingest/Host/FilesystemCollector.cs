using System.Text;
using System.Text.RegularExpressions;
using Signalbox.PromQL.Model;
using Signalbox.Server.Ingest.Families;

namespace Signalbox.Server.Ingest.Host;

/// <summary>Size and free space of mounted filesystems, from <c>/proc/self/mounts</c> and statvfs.</summary>
/// <remarks>
/// Pseudo filesystems are left out as node_exporter does, with one difference: an overlay mounted at <c>/</c> is shown, because in a container it is the disk.
/// A network mount whose server is gone blocks statvfs for ever, so the calls run aside: while one round is stuck, its last answer is given again.
/// </remarks>
internal sealed partial class FilesystemCollector(HostFiles files, TimeProvider clock) : IHostCollector
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private Task<IReadOnlyList<MountState>>? _pending;
    private IReadOnlyList<MountState> _last = [];

    public string Name => "filesystem";

    /// <summary>Asks the filesystems anew; returns after a second at the latest.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var mounts = Parse(files.Read("proc/self/mounts") ?? files.Read("proc/mounts") ?? string.Empty);
        _pending ??= Task.Run(() => Measure(mounts), CancellationToken.None);
        try
        {
            _last = await _pending.WaitAsync(Patience, clock, cancellationToken);
            _pending = null;
        }
        catch (TimeoutException)
        {
            // One of the mounts does not answer; the round goes on aside and is asked for again next time.
        }
    }

    public bool Collect(FamilyList families)
    {
        foreach (var mount in _last)
        {
            Add(mount, families);
        }

        return _pending is null && _last.Count > 0;
    }

    internal static IReadOnlyList<Mount> Parse(string text)
    {
        var mounts = new List<Mount>();
        var seen = new HashSet<(string Device, string Point)>();
        foreach (var line in KernelText.Lines(text))
        {
            var fields = KernelText.Fields(line);
            if (fields.Length < 4)
            {
                continue;
            }

            var point = Unescape(fields[1]);
            var type = fields[2];
            if (IgnoredPoints().IsMatch(point) || (IgnoredTypes().IsMatch(type) && !(type == "overlay" && point == "/")) || !seen.Add((fields[0], point)))
            {
                continue;
            }

            mounts.Add(new Mount(Unescape(fields[0]), point, type, fields[3].Split(',').Contains("ro", StringComparer.Ordinal)));
        }

        return mounts;
    }

    private static IReadOnlyList<MountState> Measure(IReadOnlyList<Mount> mounts) => [.. mounts.Select(static mount => new MountState(mount, FilesystemStatistics.Read(mount.Point)))];

    private static void Add(MountState state, FamilyList families)
    {
        Label[] labels = [new("device", state.Mount.Device), new("fstype", state.Mount.Type), new("mountpoint", state.Mount.Point)];
        families.Gauge("node_filesystem_device_error", "Whether an error occurred while getting statistics for the given device.").Add(state.Statistics is null ? 1 : 0, labels);
        families.Gauge("node_filesystem_readonly", "Filesystem read-only status.").Add(state.Mount.ReadOnly ? 1 : 0, labels);
        if (state.Statistics is not { } statistics)
        {
            return;
        }

        families.Gauge("node_filesystem_size_bytes", "Filesystem size in bytes.").Add(statistics.SizeBytes, labels);
        families.Gauge("node_filesystem_free_bytes", "Filesystem free space in bytes.").Add(statistics.FreeBytes, labels);
        families.Gauge("node_filesystem_avail_bytes", "Filesystem space available to non-root users in bytes.").Add(statistics.AvailableBytes, labels);
        families.Gauge("node_filesystem_files", "Filesystem total file nodes.").Add(statistics.Files, labels);
        families.Gauge("node_filesystem_files_free", "Filesystem total free file nodes.").Add(statistics.FilesFree, labels);
    }

    /// <summary>The kernel writes blanks, tabs, line feeds and backslashes in mount points as three octal digits.</summary>
    private static string Unescape(string field)
    {
        if (!field.Contains('\\', StringComparison.Ordinal))
        {
            return field;
        }

        var text = new StringBuilder();
        for (var index = 0; index < field.Length; index++)
        {
            if (field[index] == '\\' && index + 3 < field.Length && field.AsSpan(index + 1, 3).IndexOfAnyExceptInRange('0', '7') < 0)
            {
                text.Append((char)(((field[index + 1] - '0') << 6) | ((field[index + 2] - '0') << 3) | (field[index + 3] - '0')));
                index += 3;
            }
            else
            {
                text.Append(field[index]);
            }
        }

        return text.ToString();
    }

    [GeneratedRegex("^/(dev|proc|run/credentials/.+|sys|var/lib/docker/.+|var/lib/containers/storage/.+)($|/)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex IgnoredPoints();

    [GeneratedRegex(
        "^(autofs|binfmt_misc|bpf|cgroup2?|configfs|debugfs|devpts|devtmpfs|fusectl|hugetlbfs|iso9660|mqueue|nsfs|overlay|proc|procfs|pstore|rpc_pipefs|securityfs|selinuxfs|squashfs|sysfs|tracefs)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex IgnoredTypes();

    private sealed record MountState(Mount Mount, FilesystemStatistics? Statistics);
}

/// <summary>One line of the table of mounts.</summary>
internal sealed record Mount(string Device, string Point, string Type, bool ReadOnly);
