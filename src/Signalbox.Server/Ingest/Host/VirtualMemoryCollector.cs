using System.Text.RegularExpressions;
using Signalbox.Server.Ingest.Families;

namespace Signalbox.Server.Ingest.Host;

/// <summary>Paging, swapping, page faults and out-of-memory kills, from <c>/proc/vmstat</c>.</summary>
internal sealed partial class VirtualMemoryCollector(HostFiles files) : IHostCollector
{
    public string Name => "vmstat";

    public bool Collect(FamilyList families)
    {
        if (files.Read("proc/vmstat") is not { } text)
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
            var fields = KernelText.Fields(line);
            if (fields.Length == 2 && Wanted().IsMatch(fields[0]) && KernelText.TryNumber(fields[1], out var value))
            {
                families.Untyped($"node_vmstat_{fields[0]}", $"/proc/vmstat information field {fields[0]}.").Add(value);
            }
        }
    }

    [GeneratedRegex("^(oom_kill|pgpg(in|out)|pswp(in|out)|pg(maj)?fault)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Wanted();
}
