using Signalbox.Server.Jobs.Running;
using Signalbox.Testing.Clock;
using Xunit;

namespace Signalbox.Server.Tests.Jobs.Running.Commands;

/// <summary>Alone, as it counts what the whole process holds.</summary>
[CollectionDefinition(nameof(ManyCommandsTests), DisableParallelization = true)]
[Collection(nameof(ManyCommandsTests))]
public sealed class ManyCommandsTests
{
    private const int Commands = 200;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TwoHundredAtOnceLeaveNoDescriptorThreadOrZombie()
    {
        await using var bed = new RunningBed();
        await RunAllAsync(bed, 2);
        var descriptors = Descriptors();

        var peak = await RunAllAsync(bed, Commands);

        // A thread or two for each of two hundred commands would be four hundred.
        Assert.InRange(peak, 1, 150);
        // A leak leaves at least one for each command; what other tests of the process open meanwhile is far less.
        await Eventually.HoldsAsync($"pipes went back to about {descriptors}", () => Task.FromResult(Descriptors() <= descriptors + (Commands / 10)), Token);
        await Eventually.HoldsAsync("no zombie was left", () => Task.FromResult(ProcessTable.ZombiesOf(Environment.ProcessId).Count == 0), Token);
    }

    /// <returns>The most threads that the process had while they ran.</returns>
    private static async Task<int> RunAllAsync(RunningBed bed, int count)
    {
        var gate = bed.Folder.File($"gate-{count}");
        var requests = Enumerable.Range(0, count).Select(_ => bed.Request(RunningBed.Shell($"echo started; until test -e {gate}; do sleep 1; done; echo done"))).ToList();
        var runs = requests.ConvertAll(bed.RunAsync);
        await Eventually.HoldsAsync("all commands ran", () => Task.FromResult(requests.All(request => bed.Kept.Rows(request.ExecutionId).Count > 0)), Token);
        var threads = Directory.GetDirectories("/proc/self/task").Length;
        await File.WriteAllTextAsync(gate, string.Empty, Token);

        Assert.All(await Task.WhenAll(runs), static result => Assert.Equal(RunEnd.Succeeded, result.End));
        Assert.All(requests, request => Assert.Equal("started\ndone\n", bed.Kept.Text(request.ExecutionId)));
        return threads;
    }

    /// <summary>Pipes alone: other tests' sockets and files come and go meanwhile.</summary>
    private static int Descriptors() => new DirectoryInfo("/proc/self/fd").GetFiles().Count(static file => file.LinkTarget?.StartsWith("pipe:", StringComparison.Ordinal) == true);
}
