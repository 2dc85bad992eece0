using System.Globalization;
using System.Text;

namespace Signalbox.Audit.Bench.Writing;

/// <summary>What was measured, as Markdown.</summary>
internal sealed class BenchReport
{
    private readonly StringBuilder _table = new("| what | figure | unit |\n| --- | ---: | --- |\n");
    private readonly string _load = File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    public void Add(string what, double figure, string unit)
    {
        var row = string.Create(CultureInfo.InvariantCulture, $"| {what} | {(figure >= 1000 ? figure.ToString("N0", CultureInfo.InvariantCulture) : figure.ToString("0.###", CultureInfo.InvariantCulture))} | {unit} |");
        _table.Append(row).Append('\n');
        Console.Error.WriteLine(row);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"Machine: {Environment.ProcessorCount} cores, .NET {Environment.Version}; load before the first measurement: {_load}.\n\n{_table}");
}
