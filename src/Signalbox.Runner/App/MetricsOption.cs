using System.CommandLine;
using Signalbox.Runner.Configuration;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Metrics;

namespace Signalbox.Runner.App;

/// <summary><c>cicd-runner --metrics</c>: prints the metrics of the newest run or, where there is none, of this process.</summary>
internal static class MetricsOption
{
    public static Option<bool> Create() => new("--metrics") { Description = "Print the metrics of the newest run in Prometheus's text format and exit; without any run those of the program itself." };

    public static async Task<int> PrintAsync(RunnerFlags flags, ParseResult parsed)
    {
        var folder = Directory.GetCurrentDirectory();
        var options = RunnerOptions.Read(flags.Open(parsed, ProcessEnvironment.Read(), folder));
        var runs = Path.Combine(RepositoryFolder.Find(folder) ?? folder, options.Runs.Folder);
        var file = RunFolder.Newest(runs)?.File(RunFiles.Metrics);
        var text = file is not null && File.Exists(file)
            ? await File.ReadAllTextAsync(file)
            : RunMetrics.TextOfProcess(ProcessFigures.Now(TimeProvider.System, options.Resources.LimitBytes, ProductVersion.Text));
        await Console.Out.WriteAsync(text);
        return ExitCodes.Done;
    }
}
