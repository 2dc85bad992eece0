using System.Globalization;
using System.Text;

namespace Signalbox.Jobs.Bench;

/// <summary>What was measured, as Markdown.</summary>
internal sealed class JobsReport(int jobs)
{
    private readonly StringBuilder _table = new("| store | what | Quartz.NET, batch 1 | Quartz.NET, batch 100 | Signalbox | Signalbox ÷ best Quartz.NET |\n| --- | --- | ---: | ---: | ---: | ---: |\n");
    private readonly string _load = File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    public string LastRows { get; private set; } = string.Empty;

    public void Add(string store, Scenario scenario, Figures plain, Figures batched, Figures signalbox)
    {
        var before = _table.Length;
        switch (scenario)
        {
            case Scenario.Throughput:
                Row(store, "no-op fires a second", "N0", higherIsBetter: true, plain, batched, signalbox, static figures => figures.FiresPerSecond);
                break;
            case Scenario.Latency:
                Row(store, "start after due, 1,000 at once, p50, ms", "N0", higherIsBetter: false, plain, batched, signalbox, static figures => figures.P50Milliseconds);
                Row(store, "start after due, 1,000 at once, p99, ms", "N0", higherIsBetter: false, plain, batched, signalbox, static figures => figures.P99Milliseconds);
                break;
            default:
                Row(store, "10,000 idle jobs, % of one core", "0.00", higherIsBetter: false, plain, batched, signalbox, static figures => figures.ProcessorShare * 100);
                break;
        }

        LastRows = _table.ToString(before, _table.Length - before);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"Machine: {Environment.ProcessorCount} cores, .NET {Environment.Version}; load before the first measurement: {_load}. {jobs:N0} one-off jobs for the fires a second.\n\n{_table}");

    private void Row(string store, string what, string format, bool higherIsBetter, Figures plain, Figures batched, Figures signalbox, Func<Figures, double?> figure)
    {
        var (first, second, own) = (figure(plain) ?? double.NaN, figure(batched) ?? double.NaN, figure(signalbox) ?? double.NaN);
        var best = double.IsNaN(first) ? second : double.IsNaN(second) ? first : higherIsBetter ? Math.Max(first, second) : Math.Min(first, second);
        _table.Append(
            CultureInfo.InvariantCulture,
            $"| {store} | {what} | {first.ToString(format, CultureInfo.InvariantCulture)} | {second.ToString(format, CultureInfo.InvariantCulture)} | {own.ToString(format, CultureInfo.InvariantCulture)} | {(own / best).ToString("0.00", CultureInfo.InvariantCulture)} |\n");
    }
}
