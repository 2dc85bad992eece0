using System.Diagnostics;
using System.Globalization;

namespace Signalbox.Runner.Bench.Starting;

/// <summary>Times whole runs of a command under the runner beside the bare command and beside what one would take instead, turn about in the same run.</summary>
internal static class StartBenchmark
{
    private const int WarmUps = 3;

    /// <param name="runner">The published program.</param>
    public static void Run(string runner, int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("runner-bench-");
        try
        {
            var contenders = Contenders(runner).Where(contender => Works(contender, folder.FullName)).ToList();
            var times = contenders.ToDictionary(static contender => contender.Name, static _ => new List<double>(), StringComparer.Ordinal);
            for (var round = -WarmUps; round < rounds; round++)
            {
                foreach (var contender in contenders)
                {
                    var taken = Time(contender, folder.FullName);
                    if (round >= 0)
                    {
                        times[contender.Name].Add(taken);
                    }
                }
            }

            Print(contenders, times, rounds);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IEnumerable<Contender> Contenders(string runner) =>
    [
        new("bare: true", "/bin/true", []),
        new("timeout 60 true", "/usr/bin/timeout", ["60", "/bin/true"]),
        new("systemd-run --scope true", "/usr/bin/systemd-run", ["--quiet", "--scope", "/bin/true"]),
        new("cicd-runner version", runner, ["version"]),
        new("cicd-runner run -- true", runner, ["run", "--", "/bin/true"]),
    ];

    /// <summary>What cannot run here is named and left out, never counted as fast.</summary>
    private static bool Works(Contender contender, string folder)
    {
        if (!File.Exists(contender.File))
        {
            Console.WriteLine($"{contender.Name}: left out, {contender.File} is not here.");
            return false;
        }

        using var process = Start(contender, folder);
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode == 0)
        {
            return true;
        }

        Console.WriteLine($"{contender.Name}: left out, it ends with {process.ExitCode.ToString(CultureInfo.InvariantCulture)}: {error.Trim()}");
        return false;
    }

    private static double Time(Contender contender, string folder)
    {
        var began = TimeProvider.System.GetTimestamp();
        using var process = Start(contender, folder);
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return TimeProvider.System.GetElapsedTime(began).TotalMilliseconds;
    }

    private static Process Start(Contender contender, string folder) =>
        Process.Start(new ProcessStartInfo(contender.File, contender.Arguments) { UseShellExecute = false, WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;

    private static void Print(IReadOnlyList<Contender> contenders, Dictionary<string, List<double>> times, int rounds)
    {
        var bare = Median(times[contenders[0].Name]);
        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"From start to end, milliseconds, {rounds} rounds turn about:"));
        Console.WriteLine();
        Console.WriteLine("| command | least | median | p95 | median less the bare command's |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: |");
        foreach (var contender in contenders)
        {
            var sorted = times[contender.Name].Order().ToList();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {contender.Name} | {sorted[0]:0.0} | {Median(sorted):0.0} | {sorted[(int)(0.95 * (sorted.Count - 1))]:0.0} | {Median(sorted) - bare:0.0} |"));
        }
    }

    private static double Median(List<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    /// <summary>A way to run nothing.</summary>
    private sealed record Contender(string Name, string File, string[] Arguments);
}
