
namespace Signalbox.Server.Audit.Sequencing;

/// <summary>What happens with a batch once it is durable, or cannot become so.</summary>
/// <remarks>One user at a time.</remarks>
internal sealed class BatchEnd(AuditQueue queue, Outbox outbox, Losses losses, SequencerState state, BatchClock clock)
{
    /// <summary>How long a log that nothing can be added to is left alone.</summary>
    private static readonly TimeSpan GivenUpFor = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, long> _givenUp = new(StringComparer.Ordinal);

    public long Now() => clock.Time.GetTimestamp();

    /// <summary>Tenants whose logs are left alone for now.</summary>
    public IReadOnlyCollection<string> GivenUp()
    {
        foreach (var tenant in _givenUp.Where(pair => clock.Time.GetElapsedTime(pair.Value) >= GivenUpFor).Select(static pair => pair.Key).ToList())
        {
            _givenUp.Remove(tenant);
        }

        return _givenUp.Keys;
    }

    public void Failed(Exception exception) => state.Failed(exception);

    public void Succeeded()
    {
        losses.Told();
        state.Succeeded();
        state.Lost(losses.Any);
    }

    /// <summary>Tells everybody that what they wait for is durable.</summary>
    public async Task CommittedAsync(IReadOnlyList<LogBatch> logs, long start, CancellationToken cancellationToken)
    {
        clock.Metrics.Flushed(logs.Sum(static log => log.Appended!.Fresh.Count), clock.Time.GetElapsedTime(start));
        foreach (var log in logs)
        {
            log.IsSettled = true;
            foreach (var submission in log.Submissions)
            {
                queue.Release(submission);
                submission.Complete();
            }
        }

        await outbox.RemoveAsync([.. logs.SelectMany(static log => log.FromOutbox).Select(static record => record.Record.Id)], cancellationToken);
    }

    /// <summary>Nothing can be added to this log: standard events are lost and counted, mandatory ones stay in the outbox, and callers hear of it.</summary>
    public void GiveUp(LogBatch log, Exception exception)
    {
        _givenUp[log.Tenant] = Now();
        clock.Logger.LogGivenUp(exception, log.Tenant);
        Lose(log, LossReason.Database, exception);
    }

    /// <summary>The process ends before this could be written.</summary>
    public void Abandon(LogBatch log) => Lose(log, LossReason.Shutdown, new AuditBusyException("The server stops, and the audit log could not be written in time."));

    private void Lose(LogBatch log, string reason, Exception exception)
    {
        log.IsSettled = true;
        var lost = 0;
        foreach (var submission in log.Submissions)
        {
            queue.Release(submission);
            submission.Fail(exception);
            lost += submission.IsAwaited ? 0 : submission.Records.Count;
        }

        foreach (var loss in log.Losses)
        {
            losses.PutBack(loss);
        }

        if (lost > 0)
        {
            losses.Add(log.Tenant, reason, lost);
        }
    }
}

/// <summary>How the end of a batch is timed, counted and logged.</summary>
internal sealed class BatchClock(TimeProvider time, SequencingMetrics metrics, ILogger<BatchClock> logger)
{
    public TimeProvider Time => time;

    public SequencingMetrics Metrics => metrics;

    public ILogger Logger => logger;
}
