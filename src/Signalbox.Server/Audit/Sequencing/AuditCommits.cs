namespace Signalbox.Server.Audit.Sequencing;

/// <summary>Tells within this process what this process has added to a log.</summary>
/// <remarks>Handlers run on the sequencer's loop, in the order of the log, and must neither wait nor throw. Thread-safe.</remarks>
internal sealed class AuditCommits(ILogger<AuditCommits> logger)
{
    public event Action<CommittedBatch>? Committed;

    public void Tell(CommittedBatch batch)
    {
        foreach (var handler in Committed?.GetInvocationList().Cast<Action<CommittedBatch>>() ?? [])
        {
            try
            {
                handler(batch);
            }
            catch (Exception exception)
            {
                // What is durable stays so, whatever somebody makes of the news.
                logger.CommitHandlerFailed(exception);
            }
        }
    }
}
