using Signalbox.Testing.Cluster;

namespace Signalbox.Jobs.Bench;

/// <summary>The chaos test for as long as one likes.</summary>
internal static class ChaosRun
{
    public static async Task<int> MainAsync(TimeSpan duration, int seed, CancellationToken cancellationToken)
    {
        var options = new ChaosOptions { Duration = duration, Seed = seed, Progress = static what => Console.Error.WriteLine(what) };
        await using var cluster = await ChaosCluster.StartAsync(options, cancellationToken);
        var outcomes = await cluster.RunAsync(cancellationToken);
        var evidence = JobRun.Read(cluster.Evidence);
        var faults = ChaosChecker.Check(outcomes, evidence);
        foreach (var fault in faults)
        {
            Console.WriteLine(fault);
        }

        foreach (var (what, count) in cluster.Faults)
        {
            Console.WriteLine($"{what}: {count}");
        }

        var ends = outcomes.SelectMany(static outcome => outcome.Fires).GroupBy(static fire => fire.GetProperty("outcome").GetString(), StringComparer.Ordinal);
        Console.WriteLine($"{outcomes.Sum(static outcome => outcome.Fires.Count)} fires ({string.Join(", ", ends.Select(static end => $"{end.Count()} {end.Key}"))}), {evidence.Count} runs, {faults.Count} contradictions");
        return faults.Count == 0 ? 0 : 1;
    }
}
