using Microsoft.Extensions.Logging.Abstractions;
using Signalbox.Telemetry.Metrics.Storage;
using Signalbox.Telemetry.Metrics.Storage.Maintenance;
using Signalbox.Testing.Clock;
using Xunit;

namespace Signalbox.Telemetry.Tests.Metrics.Storage.Maintenance;

/// <summary>What keeps the store's own work going.</summary>
public sealed class MaintenanceLoopTests
{
    [Fact(Timeout = 60_000)]
    public async Task GoesOnAfterAnyFailure()
    {
        using var meters = new TestMeters();
        using var metrics = new MetricStoreMetrics(meters);
        var clock = new FakeClock();
        var turns = new[] { new TaskCompletionSource(), new TaskCompletionSource() };
        var turn = 0;
        await using var loop = new MaintenanceLoop(
            TimeSpan.FromSeconds(1),
            new StoreEnvironment(clock, meters, NullLogger.Instance, new FakeFreeSpace()),
            metrics,
            _ =>
            {
                turns[turn].SetResult();
                return turn++ == 0 ? throw new NotSupportedException("a bug") : Task.CompletedTask;
            });

        // The loop makes its timer on a thread of its own; a tick before that would be lost.
        while (!turns[0].Task.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        clock.Advance(TimeSpan.FromSeconds(1));
        await turns[1].Task;
    }
}
