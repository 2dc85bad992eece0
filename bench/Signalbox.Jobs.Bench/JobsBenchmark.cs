using System.Globalization;
using Signalbox.Testing.Files;
using Signalbox.Testing.Processes;
using Signalbox.Testing.Services;

namespace Signalbox.Jobs.Bench;

/// <summary>Runs every scenario on every store, Quartz.NET and Signalbox turn and turn about.</summary>
internal sealed class JobsBenchmark(int jobs, IReadOnlyCollection<string> stores, IReadOnlyCollection<Scenario> scenarios)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var report = new JobsReport(jobs);
        foreach (var store in stores)
        {
            foreach (var scenario in scenarios)
            {
                var count = scenario switch { Scenario.Throughput => jobs, Scenario.Latency => 1000, _ => 10_000 };
                Progress($"{store} {scenario}: Quartz.NET, one trigger at a time");
                var plain = await QuartzAsync(scenario, store, count, batch: 1, cancellationToken);
                Progress($"{store} {scenario}: Quartz.NET, batches of {Scenarios.QuartzBatch}");
                var batched = await QuartzAsync(scenario, store, count, Scenarios.QuartzBatch, cancellationToken);
                Progress($"{store} {scenario}: Signalbox");
                var signalbox = await SignalboxAsync(scenario, store, count, cancellationToken);
                report.Add(store, scenario, plain, batched, signalbox);
                Progress(report.LastRows);
            }
        }

        return report.ToString();
    }

    private static async Task<Figures> QuartzAsync(Scenario scenario, string store, int count, int batch, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await using var server = store == "PostgreSQL" ? await PostgreSqlProcess.StartAsync(cancellationToken, durable: true) : null;
        var connection = server?.ConnectionString ?? $"Data Source={folder.File("quartz.db")}";
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Longest);
        ProcessResult result;
        try
        {
            result = await ChildProcess.RunAsync(
                Environment.ProcessPath!,
                [.. Self(), "quartz", scenario.ToString(), connection, count.ToString(CultureInfo.InvariantCulture), batch.ToString(CultureInfo.InvariantCulture)],
                limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Not done within the limit: the table shows no figure, and the other contenders have theirs.
            Progress($"Quartz.NET was not done after {Longest.TotalMinutes:F0} minutes.");
            return new Figures();
        }

        return result.ExitCode == 0
            ? Figures.Parse(result.Output.Trim().Split('\n')[^1])
            : throw new InvalidOperationException($"Quartz.NET ended with {result.ExitCode}: {result.Error}{result.Output}");
    }

    private static async Task<Figures> SignalboxAsync(Scenario scenario, string store, int count, CancellationToken cancellationToken)
    {
        await using var server = store == "PostgreSQL" ? await PostgreSqlProcess.StartAsync(cancellationToken, durable: true) : null;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Longest);
        return await SignalboxRun.RunAsync(scenario, server is null ? "sqlite" : $"postgres://postgres@127.0.0.1:{server.Port.ToString(CultureInfo.InvariantCulture)}/postgres", count, limit.Token);
    }

    /// <summary>The dll to hand to <c>dotnet</c>, when that is what runs this program.</summary>
    private static IEnumerable<string> Self() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [Path.Combine(AppContext.BaseDirectory, "Signalbox.Jobs.Bench.dll")] : [];

    private static void Progress(string text) => Console.Error.WriteLine(text);
}
