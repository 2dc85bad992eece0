namespace Signalbox.Server.Jobs.Running.Output;

/// <summary>Tells those who watch what this process has just written of its runs' output; the rows are in the database by then.</summary>
/// <remarks>Subscribers are called on the writer's thread and must be quick; what they throw is logged and otherwise of no consequence.</remarks>
internal sealed class OutputFeed(ILogger<OutputFeed> log)
{
    /// <summary>New rows of one execution, and which older ones were left out to make room for them.</summary>
    public event Action<OutputChange>? Written;

    public void Publish(OutputChange change)
    {
        foreach (var watcher in Delegate.EnumerateInvocationList(Written))
        {
            try
            {
                watcher(change);
            }
            catch (Exception exception)
            {
                RunningLog.WatcherFailed(log, change.ExecutionId, exception);
            }
        }
    }
}
