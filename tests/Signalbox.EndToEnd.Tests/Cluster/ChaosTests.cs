using Signalbox.Testing.Cluster;
using Xunit;

namespace Signalbox.EndToEnd.Tests.Cluster;

/// <summary>Three servers on one PostgreSQL are killed, paused and cut off; the long form is <c>bench/jobs chaos</c>.</summary>
public sealed class ChaosTests(ITestOutputHelper output)
{
    [Fact]
    public async Task EveryFireEndsOnceThoughServersDieAndPauseAndLoseTheirDatabase()
    {
        var options = new ChaosOptions { Seed = 33, Progress = output.WriteLine };
        await using var cluster = await ChaosCluster.StartAsync(options, TestContext.Current.CancellationToken);

        var outcomes = await cluster.RunAsync(TestContext.Current.CancellationToken);

        var evidence = JobRun.Read(cluster.Evidence);
        output.WriteLine($"{outcomes.Sum(static outcome => outcome.Fires.Count)} fires, {evidence.Count} runs");
        var faults = ChaosChecker.Check(outcomes, evidence);
        Assert.True(faults.Count == 0, $"{string.Join('\n', faults)}\n{string.Join('\n', outcomes.SelectMany(static outcome => outcome.Periods.Select(period => $"{outcome.Job.Name}: {period}")))}");
        Assert.NotEmpty(evidence);
        Assert.True(cluster.Faults.Count >= 3, "The torment was too short to mean anything.");
    }
}
