using System.Text.RegularExpressions;
using Signalbox.Server.Ingest.Families;

namespace Signalbox.Server.Ingest.Host;

/// <summary>The protocol counters that boards use, from <c>/proc/net/{snmp,netstat,snmp6}</c>.</summary>
internal sealed partial class NetworkStatisticsCollector(HostFiles files) : IHostCollector
{
    public string Name => "netstat";

    public bool Collect(FamilyList families)
    {
        var found = false;
        foreach (var path in (ReadOnlySpan<string>)["proc/net/netstat", "proc/net/snmp"])
        {
            if (files.Read(path) is { } text)
            {
                ParsePairs(text, families);
                found = true;
            }
        }

        if (files.Read("proc/net/snmp6") is { } six)
        {
            ParseSix(six, families);
            found = true;
        }

        return found;
    }

    /// <summary>Two lines belong together: one with the names, one with the values, both after <c>Tcp:</c>.</summary>
    internal static void ParsePairs(string text, FamilyList families)
    {
        string[]? names = null;
        foreach (var line in KernelText.Lines(text))
        {
            var fields = KernelText.Fields(line);
            if (fields.Length < 2 || names is null || names[0] != fields[0])
            {
                names = fields.Length < 2 ? null : fields;
                continue;
            }

            var protocol = fields[0].TrimEnd(':');
            for (var index = 1; index < Math.Min(names.Length, fields.Length); index++)
            {
                Add($"{protocol}_{names[index]}", fields[index], families);
            }

            names = null;
        }
    }

    /// <summary>A line is <c>Ip6InOctets 123</c>; the protocol ends where its digit does.</summary>
    internal static void ParseSix(string text, FamilyList families)
    {
        foreach (var line in KernelText.Lines(text))
        {
            var fields = KernelText.Fields(line);
            var six = fields.Length == 2 ? fields[0].IndexOf('6', StringComparison.Ordinal) : -1;
            if (six > 0)
            {
                Add($"{fields[0][..(six + 1)]}_{fields[0][(six + 1)..]}", fields[1], families);
            }
        }
    }

    private static void Add(string name, string field, FamilyList families)
    {
        if (Wanted().IsMatch(name) && KernelText.TryNumber(field, out var value))
        {
            families.Untyped($"node_netstat_{name}", $"Statistic {name.Replace("_", string.Empty, StringComparison.Ordinal)}.").Add(value);
        }
    }

    [GeneratedRegex(
        "^([A-Za-z0-9]+_(InErrors|InErrs)|Ip_Forwarding|Ip(6|Ext)_(InOctets|OutOctets)|Icmp6?_(InMsgs|OutMsgs)|TcpExt_(Listen[A-Za-z]*|Syncookies[A-Za-z]*|TCPSynRetrans|TCPTimeouts|TCPOFOQueue)"
        + "|Tcp_(ActiveOpens|InSegs|OutSegs|OutRsts|PassiveOpens|RetransSegs|CurrEstab)|Udp6?_(InDatagrams|OutDatagrams|NoPorts|RcvbufErrors|SndbufErrors))$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Wanted();
}
