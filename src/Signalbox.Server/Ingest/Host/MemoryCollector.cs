using Signalbox.PromQL.Model;
using Signalbox.Server.Ingest.Families;

namespace Signalbox.Server.Ingest.Host;

/// <summary>Every field of <c>/proc/meminfo</c>.</summary>
internal sealed class MemoryCollector(HostFiles files) : IHostCollector
{
    public string Name => "meminfo";

    public bool Collect(FamilyList families)
    {
        if (files.Read("proc/meminfo") is not { } text)
        {
            return false;
        }

        Parse(text, families);
        return true;
    }

    /// <summary><c>Active(anon): 12 kB</c> becomes <c>node_memory_Active_anon_bytes 12288</c>; fields without a unit keep their name and value.</summary>
    internal static void Parse(string text, FamilyList families)
    {
        foreach (var line in KernelText.Lines(text))
        {
            var fields = KernelText.Fields(line);
            if (fields.Length < 2 || !KernelText.TryNumber(fields[1], out var value))
            {
                continue;
            }

            var field = fields[0].TrimEnd(':').Replace("(", "_", StringComparison.Ordinal).Replace(")", string.Empty, StringComparison.Ordinal);
            var name = "node_memory_" + field;
            if (fields is [_, _, "kB", ..])
            {
                name += "_bytes";
                value *= 1024;
            }

            if (LabelText.IsLegacyMetricName(name))
            {
                families.Gauge(name, $"Memory information field {field}.").Add(value);
            }
        }
    }
}
