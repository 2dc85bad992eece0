using Signalbox.Server.Ingest.Families;
using Signalbox.Telemetry.Metrics;

namespace Signalbox.Server.Ingest.Intake;

/// <summary>Keeps what this process measures itself: one round after the other, each appended as if it had been scraped.</summary>
internal sealed class CollectionLoop(MetricIntake intake, IngestSource source, TimeProvider clock, ILogger logger) : IDisposable
{
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

    /// <summary>Runs a round at once and then one every <paramref name="interval"/>, whatever becomes of each.</summary>
    public static async Task RunAsync(
        TimeSpan interval, Func<CancellationToken, Task> runOnce, TimeProvider clock, string part, ILogger logger, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(interval, clock);
        do
        {
            try
            {
                await runOnce(cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                IngestLog.RoundFailed(logger, part, exception);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    public void Dispose() => _batch.Dispose();
}
