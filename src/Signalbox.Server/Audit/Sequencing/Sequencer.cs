using Signalbox.Server.Audit.Keys;
using Signalbox.Server.Audit.Storage;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Audit.Sequencing;

/// <summary>Brings everything that was recorded into the logs: batch by batch, each in one transaction, none twice.</summary>
/// <remarks>One user at a time: the loop, or a test.</remarks>
internal sealed class Sequencer(AuditDatabase database, AuditKeys keys, BatchGatherer gatherer, LogDirectory directory, LogWriter writer, BatchEnd end)
{
    /// <summary>A fault that does not say that it will pass is tried so often before the log is given up for a while.</summary>
    private const int MostFailures = 5;

    private Batch? _inHand;

    /// <summary>There is a batch that could not be written yet.</summary>
    public bool HasUnfinished => _inHand is not null;

    /// <summary>Writes one batch.</summary>
    /// <returns>Whether there may be more to write at once.</returns>
    /// <exception cref="Exception">It could not be written, and is tried again with the next call.</exception>
    public async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            _inHand ??= await gatherer.GatherAsync(end.GivenUp(), cancellationToken);
            if (!_inHand.IsEmpty)
            {
                await WriteAsync(_inHand, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // An outage says nothing about the batch, however long it lasts.
            if (_inHand is { } failed && !IsAway(exception))
            {
                failed.Failures++;
            }

            end.Failed(exception);
            throw;
        }

        var isFull = _inHand.IsFull;
        _inHand = null;
        end.Succeeded();
        return isFull;
    }

    /// <summary>Gives up what is in hand, because the process ends.</summary>
    public void Abandon()
    {
        foreach (var log in _inHand?.Unsettled ?? [])
        {
            end.Abandon(log);
        }

        _inHand = null;
    }

    /// <summary>Gives up what was never begun, for the same reason.</summary>
    public void Abandon(LogBatch log) => end.Abandon(log);

    private async Task WriteAsync(Batch batch, CancellationToken cancellationToken)
    {
        var logs = batch.Unsettled;
        try
        {
            await CommitAsync(logs, cancellationToken);
            return;
        }
        catch (Exception exception) when (!IsPassing(exception, batch))
        {
            if (logs.Count == 1)
            {
                end.GiveUp(logs[0], exception);
                return;
            }
        }

        // One log's trouble must not be that of the others.
        foreach (var log in logs)
        {
            try
            {
                await CommitAsync([log], cancellationToken);
            }
            catch (Exception exception) when (!IsPassing(exception, batch))
            {
                end.GiveUp(log, exception);
            }
        }
    }

    private async Task CommitAsync(IReadOnlyList<LogBatch> logs, CancellationToken cancellationToken)
    {
        var signer = await keys.SignerAsync(cancellationToken);
        var numbered = new List<(int Number, LogBatch Log)>();
        foreach (var log in logs)
        {
            numbered.Add((await directory.NumberOfAsync(log.Tenant, signer, cancellationToken), log));
        }

        // In the same order everywhere, so that two instances wait for each other and never in a circle.
        numbered.Sort(static (a, b) => a.Number.CompareTo(b.Number));
        var start = end.Now();
        await database.WriteAsync(
            async session =>
            {
                foreach (var (number, log) in numbered)
                {
                    await writer.AppendAsync(session, number, log, signer);
                }
            },
            CancellationToken.None);
        foreach (var (_, log) in numbered)
        {
            writer.Committed(log);
        }

        await end.CommittedAsync([.. numbered.Select(static pair => pair.Log)], start, cancellationToken);
    }

    private bool IsPassing(Exception exception, Batch batch) => IsAway(exception) || (exception is not AuditDamagedException && batch.Failures < MostFailures);

    private bool IsAway(Exception exception) => exception is OperationCanceledException or ControlBusyException or ControlUnavailableException
        || database.Dialect.IsUnavailable(exception) || database.Dialect.IsTransient(exception) || database.Dialect.IsDiskFull(exception);
}
