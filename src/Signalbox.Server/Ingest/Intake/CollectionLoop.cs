using Signalbox.Server.Ingest.Families;
using Signalbox.Telemetry.Metrics;

namespace Signalbox.Server.Ingest.Intake;

/// <summary>Keeps what this process measures itself: one round after the other, each appended as if it had been scraped.</summary>
internal sealed class CollectionLoop(MetricIntake intake, IngestSource source, TimeProvider clock, ILogger logger) : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    private readonly FamilyBatch _batch = new(source.Name, source.Address);

    public async Task RunOnceAsync(IReadOnlyList<MetricFamily> families, CancellationToken cancellationToken)
    {
        var batch = _batch.Fill(families, clock.GetUtcNow().ToUnixTimeMilliseconds());
        try
        {
            var outcome = await intake.AppendAsync(source, batch, 0, null, cancellationToken);
            if (outcome.Message is { } message)
            {
                IngestLog.RoundNotKept(logger, source.Name, message);
            }
        }
        catch (MetricStoreUnavailableException exception)
        {
            IngestLog.RoundNotKept(logger, source.Name, exception.Message);
        }
    }

    /// <summary>Runs a round at once, one a second later, and then one every <paramref name="interval"/>, whatever becomes of each.</summary>
    /// <remarks>A rate needs two rounds; whoever looks at a server that has just started is not to wait an interval for the first one.</remarks>
    public static async Task RunAsync(
        TimeSpan interval, Func<CancellationToken, Task> runOnce, TimeProvider clock, string part, ILogger logger, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(interval < Soon ? interval : Soon, clock);
        for (var round = 0; round == 0 || await timer.WaitForNextTickAsync(cancellationToken); round++)
        {
            if (round == 1)
            {
                timer.Period = interval;
            }

            try
            {
                await runOnce(cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                IngestLog.RoundFailed(logger, part, exception);
            }
        }
    }

    public void Dispose() => _batch.Dispose();
}
