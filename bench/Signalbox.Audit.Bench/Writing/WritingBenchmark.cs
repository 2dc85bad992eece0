namespace Signalbox.Audit.Bench.Writing;

/// <summary>Runs what concerns the writing of the log.</summary>
internal static class WritingBenchmark
{
    public static async Task RunAsync(string scenario, WritingOptions options, CancellationToken cancellationToken)
    {
        var report = new BenchReport();
        switch (scenario)
        {
            case "append":
                await AppendBench.RunAsync(report, options.Stores, options.Events, cancellationToken);
                break;
            case "instead":
                await InsteadBench.RunAsync(report, options.Stores, options.Time, cancellationToken);
                break;
            default:
                await LatencyBench.RunAsync(report, options.Requests, cancellationToken);
                break;
        }

        Console.WriteLine(report);
    }
}
