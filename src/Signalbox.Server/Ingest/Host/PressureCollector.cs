using System.Globalization;
using Signalbox.Server.Ingest.Families;

namespace Signalbox.Server.Ingest.Host;

/// <summary>Time lost waiting for CPU, memory and I/O, from <c>/proc/pressure</c> where the kernel keeps it.</summary>
/// <remarks>Source: https://docs.kernel.org/accounting/psi.html</remarks>
internal sealed class PressureCollector(HostFiles files) : IHostCollector
{
    private const double SecondsPerMicrosecond = 1e-6;

    public string Name => "pressure";

    public bool Collect(FamilyList families)
    {
        var found = false;
        foreach (var resource in (ReadOnlySpan<string>)["cpu", "io", "memory"])
        {
            if (files.Read($"proc/pressure/{resource}") is { } text)
            {
                Parse(resource, text, families);
                found = true;
            }
        }

        return found;
    }

    internal static void Parse(string resource, string text, FamilyList families)
    {
        foreach (var line in KernelText.Lines(text))
        {
            var fields = KernelText.Fields(line);
            var total = fields.LastOrDefault(static field => field.StartsWith("total=", StringComparison.Ordinal));
            if (total is null || !ulong.TryParse(total.AsSpan("total=".Length), NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds))
            {
                continue;
            }

            var family = (fields[0], resource) switch
            {
                ("some", _) => families.Counter($"node_pressure_{resource}_waiting_seconds_total", $"Total time in seconds that processes have waited for {resource}."),
                ("full", "cpu") => null,
                ("full", _) => families.Counter($"node_pressure_{resource}_stalled_seconds_total", $"Total time in seconds no process could make progress due to {resource} congestion."),
                _ => null,
            };
            family?.Add(microseconds * SecondsPerMicrosecond);
        }
    }
}
