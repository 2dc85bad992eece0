using System.Diagnostics;
using System.Globalization;

namespace Signalbox.Runner.Bench.Starting;

/// <summary>Times how long it takes until the command itself runs: it prints the clock as its first deed.</summary>
internal static class FirstBenchmark
{
    private const int WarmUps = 3;

    /// <param name="runner">The published program.</param>
    public static void Run(string runner, int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("runner-bench-");
        try
        {
            var bare = new List<double>();
            var under = new List<double>();
            for (var round = -WarmUps; round < rounds; round++)
            {
                var (alone, wrapped) = (Time("/bin/date", ["+%s%N"], folder.FullName), Time(runner, ["run", "--log-level", "error", "--", "/bin/date", "+%s%N"], folder.FullName));
                if (round >= 0)
                {
                    bare.Add(alone);
                    under.Add(wrapped);
                }
            }

            Console.WriteLine();
            Console.WriteLine("From the start of the program until the command's own first deed (it prints the clock), milliseconds:");
            Console.WriteLine();
            Console.WriteLine("| command | least | median | p95 |");
            Console.WriteLine("| --- | ---: | ---: | ---: |");
            Print("bare: date", bare);
            Print("cicd-runner run -- date", under);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static double Time(string file, string[] arguments, string folder)
    {
        var began = TimeProvider.System.GetUtcNow();
        using var process = Process.Start(new ProcessStartInfo(file, arguments) { UseShellExecute = false, WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var told = process.StandardOutput.ReadToEnd();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return long.TryParse(told.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var nanoseconds)
            ? (nanoseconds / 1e6) - (began - DateTimeOffset.UnixEpoch).TotalMilliseconds
            : throw new InvalidOperationException($"{file} printed no time: {told}{errors}");
    }

    private static void Print(string name, List<double> values)
    {
        var sorted = values.Order().ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {sorted[0]:0.0} | {sorted[sorted.Count / 2]:0.0} | {sorted[(int)(0.95 * (sorted.Count - 1))]:0.0} |"));
    }
}
