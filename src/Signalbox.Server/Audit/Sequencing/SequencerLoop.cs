namespace Signalbox.Server.Audit.Sequencing;

/// <summary>Runs the sequencer: when there is something, after gathering for a moment, and until the queue is empty when the server stops.</summary>
internal sealed class SequencerLoop(Sequencer sequencer, AuditQueue queue, Losses losses, SequencerState state, SequencingOptions options, TimeProvider clock) : IHostedService, IDisposable
{
    private static readonly TimeSpan FirstBackOff = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _stop = new();
    private Task? _loop;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        losses.Load();
        _loop = Task.Run(LoopAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>Takes nothing more, writes what waits as long as the limits allow, and leaves to the next start what was lost.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Close();
        await _stop.CancelAsync();
        await (_loop ?? Task.CompletedTask);
        await DrainAsync(cancellationToken);
        sequencer.Abandon();
        while (queue.TryTake(out var submission))
        {
            var left = new LogBatch(submission.Records[0].Record.Tenant);
            left.Add(submission);
            sequencer.Abandon(left);
        }

        losses.Save();
    }

    public void Dispose() => _stop.Dispose();

    private async Task LoopAsync()
    {
        var backOff = FirstBackOff;
        var more = false;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                if (!more && !sequencer.HasUnfinished && await queue.Some.WaitAsync(options.PollInterval, _stop.Token))
                {
                    await queue.Enough.WaitAsync(options.FlushInterval, _stop.Token);
                }

                state.Lost(losses.Any);
                more = await sequencer.RunOnceAsync(_stop.Token);
                backOff = FirstBackOff;
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception)
            {
                // The sequencer has said so; what it has in hand is tried again.
                await PauseAsync(backOff);
                backOff = backOff * 2 < options.BackOffLimit ? backOff * 2 : options.BackOffLimit;
            }
        }
    }

    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.DrainLimit, clock);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        for (var idle = 0; !end.IsCancellationRequested;)
        {
            try
            {
                if (await sequencer.RunOnceAsync(end.Token))
                {
                    continue;
                }

                // A loss that is left over after another round is of a log that nothing can be added to; the next start tells of it.
                if (queue.Events == 0 && (!losses.Any || ++idle > 1))
                {
                    return;
                }
            }
            catch (OperationCanceledException) when (end.IsCancellationRequested)
            {
                return;
            }
            catch (Exception)
            {
                await Task.Delay(FirstBackOff, clock, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task PauseAsync(TimeSpan time) => await Task.Delay(time, clock, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
