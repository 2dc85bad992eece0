using System.Security.Cryptography;

namespace Signalbox.Sdk.Audit;

/// <summary>Brings what is queued to the server: first to disk where there is a spool, then off it.</summary>
internal sealed class AuditDelivery(AuditQueue queue, AuditSpool? spool, AuditSender sender, AuditClientOptions options, AuditReport report)
{
    private const long MaxBatchBytes = 4 * 1024 * 1024;
    private static readonly TimeSpan MaxRetryAfter = TimeSpan.FromMinutes(5);

    /// <summary>Ids of the batch in hand that need not be sent again, because the batch was divided and only a part of it failed.</summary>
    private readonly HashSet<string> _settled = new(StringComparer.Ordinal);
    private int _failures;

    /// <summary>Sends all there is.</summary>
    /// <returns>Null when nothing is left; otherwise how long to wait before the next try.</returns>
    public async Task<TimeSpan?> RunOnceAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Spool();
            var spooled = spool?.Oldest(report.Unreadable);
            var batch = spooled ?? queue.Peek(MaxBatchBytes);
            if (batch.Count > 0)
            {
                var result = await SendAsync([.. batch.Where(entry => !_settled.Contains(entry.Id))], cancellationToken);
                if (result.Outcome == SendOutcome.Later)
                {
                    report.Retried(result.Detail);
                    return Backoff(result.RetryAfter);
                }
            }

            _failures = 0;
            _settled.Clear();
            if (spooled is not null)
            {
                spool!.RemoveOldest();
            }
            else if (batch.Count > 0)
            {
                queue.Remove(batch.Count);
            }
            else
            {
                return null;
            }
        }
    }

    /// <summary>Brings what is queued to disk, as far as there is room.</summary>
    public void Spool()
    {
        if (spool is null)
        {
            return;
        }

        try
        {
            while (queue.Peek(MaxBatchBytes) is { Count: > 0 } batch && spool.TryAdd(batch))
            {
                queue.Remove(batch.Count);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A full disk keeps events in memory, from where they are sent when the spool is empty.
            report.Error(exception);
        }
    }

    /// <summary>Sends a batch; one that is refused is halved until the event is found that is to blame.</summary>
    private async Task<SendResult> SendAsync(List<PreparedEntry> batch, CancellationToken cancellationToken)
    {
        if (batch.Count == 0)
        {
            return new SendResult(SendOutcome.Taken, null, string.Empty);
        }

        var result = await sender.SendAsync(batch, cancellationToken);
        switch (result.Outcome)
        {
            case SendOutcome.Taken:
                _settled.UnionWith(batch.Select(static entry => entry.Id));
                report.Sent(batch.Count);
                return result;
            case SendOutcome.Refused when batch.Count == 1:
                _settled.Add(batch[0].Id);
                report.Failed(batch[0], AuditFailureReason.Rejected, result.Detail);
                return result;
            case SendOutcome.Refused:
                var first = await SendAsync(batch[..(batch.Count / 2)], cancellationToken);
                return first.Outcome == SendOutcome.Later ? first : await SendAsync(batch[(batch.Count / 2)..], cancellationToken);
            default:
                return result;
        }
    }

    private TimeSpan Backoff(TimeSpan? retryAfter)
    {
        var whole = Math.Min(options.MaxBackoff.TotalMilliseconds, options.MinBackoff.TotalMilliseconds * Math.Pow(2, Math.Min(_failures++, 30)));

        // Half to whole, so that clients that failed together do not come back together.
        var own = TimeSpan.FromMilliseconds(whole * (0.5 + (RandomNumberGenerator.GetInt32(1000) / 2000.0)));
        var asked = retryAfter is { } time && time > TimeSpan.Zero ? time : TimeSpan.Zero;
        return asked > own ? TimeSpan.FromTicks(Math.Min(asked.Ticks, MaxRetryAfter.Ticks)) : own;
    }
}
