using System.Threading.Channels;
using Signalbox.Server.Jobs.Engine.Runs;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Jobs.Engine.Endings;

/// <summary>Brings the ends of attempts into the database, many in one transaction: while one batch is written, the next one gathers.</summary>
/// <remarks>
/// While the database is away it tries again as long as the leases could still be valid; what has passed that is lost. The queue is bounded by the
/// dispatcher, which claims nothing while <see cref="MostWaiting"/> wait here.
/// </remarks>
internal sealed class EndingWriter(ControlDatabase database, EndingStore store, LocalRuns runs, EngineSignals signals, TimeProvider clock, EngineReport report)
{
    public const int MostWaiting = 20_000;

    private const int BatchSize = 500;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly Channel<(LocalRun Run, Ending Ending)> _queue = Channel.CreateUnbounded<(LocalRun, Ending)>(new UnboundedChannelOptions { SingleReader = true });

    public void Add(LocalRun run, Ending ending) => _queue.Writer.TryWrite((run, ending));

    /// <summary>Writes until <paramref name="stopping"/>.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var scope = AuditScope.Background("jobs.endings");
        try
        {
            while (await _queue.Reader.WaitToReadAsync(stopping))
            {
                await GoOnAsync(stopping);
            }
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            // What is left is written when the engine has stopped, or lost.
        }
    }

    /// <summary>Writes what waits, up to one batch, trying again while that has a point.</summary>
    /// <returns>How many were taken from the queue.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        var batch = new List<(LocalRun Run, Ending Ending)>();
        while (batch.Count < BatchSize && _queue.Reader.TryRead(out var item))
        {
            batch.Add(item);
        }

        var count = batch.Count;
        if (count > 0)
        {
            await WriteAsync(batch, cancellationToken);
        }

        return count;
    }

    /// <summary>Nothing may end the writer before its time: without it no run of this process would ever be over.</summary>
    private async Task GoOnAsync(CancellationToken stopping)
    {
        try
        {
            await RunOnceAsync(stopping);
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            report.Log.RoundFailed("endings", exception);
        }
    }

    private async Task WriteAsync(List<(LocalRun Run, Ending Ending)> batch, CancellationToken cancellationToken)
    {
        while (true)
        {
            batch.RemoveAll(item => IsLost(item.Run));
            if (batch.Count == 0)
            {
                return;
            }

            try
            {
                var endings = batch.ConvertAll(static item => item.Ending);
                Settle(batch, await database.WriteAsync(session => store.WriteAsync(session, endings), repeatable: true, CancellationToken.None).WaitAsync(Limit, clock, cancellationToken));
                return;
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested && MayPass(exception))
            {
                report.EndingsNotWritten(batch.Count, exception);
                batch = batch.ConvertAll(static item => (item.Run, item.Ending with { Uncertain = true }));
                await Task.Delay(Pause, clock, cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                await DivideAsync(batch, exception, cancellationToken);
                return;
            }
        }
    }

    /// <summary>Something in the batch cannot be written: the rest of it must not suffer.</summary>
    private async Task DivideAsync(List<(LocalRun Run, Ending Ending)> batch, Exception exception, CancellationToken cancellationToken)
    {
        if (batch.Count == 1)
        {
            // Its lease runs out, and recovery ends it.
            report.EndingRefused(batch[0].Ending, exception);
            runs.Drop(batch[0].Run);
            return;
        }

        var half = batch.Count / 2;
        await WriteAsync(batch[..half], cancellationToken);
        await WriteAsync(batch[half..], cancellationToken);
    }

    private bool MayPass(Exception exception) =>
        exception is TimeoutException or ControlBusyException or OperationCanceledException || database.Dialect.IsTransient(exception) || database.Dialect.IsUnavailable(exception) || database.Dialect.IsDiskFull(exception);

    private bool IsLost(LocalRun run)
    {
        if (run.Lease.IsOver)
        {
            runs.Lose(run);
        }

        return !ReferenceEquals(runs.Find(run.Claim.Id), run);
    }

    private void Settle(List<(LocalRun Run, Ending Ending)> batch, EndingOutcome outcome)
    {
        foreach (var (run, _) in batch)
        {
            runs.Settle(run);
        }

        report.Written(batch.ConvertAll(static item => item.Ending), outcome);
        signals.LiveChanged();
    }
}
