using System.Diagnostics;
using System.Globalization;

namespace Signalbox.Runner.Bench.Starting;

/// <summary>Looks at what the runner itself uses while its command does nothing.</summary>
internal static class WaitBenchmark
{
    /// <summary>Kernel clock ticks a second, as every Linux that .NET runs on has them.</summary>
    private const double TicksPerSecond = 100;

    /// <param name="runner">The published program.</param>
    public static async Task RunAsync(string runner, TimeSpan time, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("runner-bench-");
        try
        {
            var seconds = ((int)time.TotalSeconds + 10).ToString(CultureInfo.InvariantCulture);
            var start = new ProcessStartInfo(runner, ["run", "--", "/bin/sleep", seconds]) { UseShellExecute = false, WorkingDirectory = folder.FullName, RedirectStandardError = true };
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System, cancellationToken);
            var before = CpuTicks(process.Id);
            var began = TimeProvider.System.GetTimestamp();
            await Task.Delay(time, TimeProvider.System, cancellationToken);
            var used = (CpuTicks(process.Id) - before) / TicksPerSecond;
            var elapsed = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
            var (resident, peak) = Memory(process.Id);
            process.Kill();
            await process.WaitForExitAsync(cancellationToken);
            await errors;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"Waiting for {elapsed:0} s: {100 * used / elapsed:0.00} % of a core, {resident / 1024.0:0.0} MiB resident, {peak / 1024.0:0.0} MiB at most."));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static double CpuTicks(int process)
    {
        var text = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture);
    }

    /// <returns>In KiB.</returns>
    private static (double Resident, double Peak) Memory(int process)
    {
        var lines = File.ReadAllLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/status"));
        return (Field("VmRSS:"), Field("VmHWM:"));

        double Field(string name) =>
            double.Parse(Array.Find(lines, line => line.StartsWith(name, StringComparison.Ordinal))!.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
