using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Signalbox.Bench;

/// <summary>What was measured, as Markdown.</summary>
internal sealed class Report(BenchOptions options, Workload workload)
{
    private readonly StringBuilder _table = new("| what | Prometheus | Signalbox | Signalbox ÷ Prometheus | better |\n| --- | ---: | ---: | ---: | --- |\n");

    private readonly string _load = File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    public void Row(string what, double prometheus, double signalbox, string format, bool higherIsBetter)
    {
        var ratio = signalbox / prometheus;
        var shown = double.IsFinite(ratio) ? ratio.ToString("0.00", CultureInfo.InvariantCulture) : "–";
        var better = Math.Abs(ratio - 1) < 0.05 ? "even" : ratio > 1 == higherIsBetter ? "Signalbox" : "Prometheus";
        _table.Append(CultureInfo.InvariantCulture, $"| {what} | {prometheus.ToString(format, CultureInfo.InvariantCulture)} | {signalbox.ToString(format, CultureInfo.InvariantCulture)} | {shown} | {better} |\n");
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            Machine: {Machine()}, .NET {Environment.Version}; load before the first measurement: {_load}.
            Stream: {workload.Series:N0} series, {workload.Steps} samples each ({options.Minutes} minutes, one every {Workload.StepSeconds} s), {workload.Samples:N0} samples in
            {workload.Requests.Sum(static group => group.Count)} remote-write requests of 2,000 samples ({workload.RequestBytes / 1024.0 / 1024:0.0} MiB of snappy), over {workload.Requests.Count} connections.


            """);
        return text.Append(_table).ToString();
    }

    private static string Machine()
    {
        var model = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(static line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim()
            : null;
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1024.0 / 1024 / 1024;
        return string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} × {model ?? RuntimeInformation.ProcessArchitecture.ToString()}, {memory:0.0} GiB, {RuntimeInformation.OSDescription}");
    }
}
