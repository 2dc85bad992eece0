using Signalbox.PromQL.Model;
using Signalbox.Server.Ingest.Families;

namespace Signalbox.Server.Ingest.Host;

/// <summary>Sockets by protocol and state, from <c>/proc/net/sockstat</c> and <c>sockstat6</c>.</summary>
internal sealed class SocketCollector(HostFiles files) : IHostCollector
{
    public string Name => "sockstat";

    public bool Collect(FamilyList families)
    {
        var found = false;
        foreach (var path in (ReadOnlySpan<string>)["proc/net/sockstat", "proc/net/sockstat6"])
        {
            if (files.Read(path) is { } text)
            {
                Parse(text, Environment.SystemPageSize, families);
                found = true;
            }
        }

        return found;
    }

    /// <summary>A line is <c>TCP: inuse 4 orphan 0 mem 151</c>; memory is counted in pages.</summary>
    internal static void Parse(string text, int pageBytes, FamilyList families)
    {
        foreach (var line in KernelText.Lines(text))
        {
            var fields = KernelText.Fields(line);
            if (fields.Length == 0 || !fields[0].EndsWith(':'))
            {
                continue;
            }

            var protocol = fields[0][..^1];
            for (var index = 1; index + 1 < fields.Length; index += 2)
            {
                var name = $"node_sockstat_{protocol}_{fields[index]}";
                if (!LabelText.IsLegacyMetricName(name) || !KernelText.TryNumber(fields[index + 1], out var value))
                {
                    continue;
                }

                families.Gauge(name, $"Number of {protocol} sockets in state {fields[index]}.").Add(value);
                if (fields[index] == "mem")
                {
                    families.Gauge(name + "_bytes", $"Number of {protocol} sockets in state mem_bytes.").Add(value * pageBytes);
                }
            }
        }
    }
}
