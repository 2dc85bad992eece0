namespace Signalbox.Telemetry.Metrics.Storage.Writing;

/// <summary>Something that must happen between two commit groups.</summary>
internal sealed class WriterCommand(Action action) : IWriterItem
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Done => _done.Task;

    /// <exception cref="Exception">A bug, which the caller is told too; what the environment refuses is told to the caller alone.</exception>
    public void Run()
    {
        try
        {
            action();
            _done.SetResult();
        }
        catch (Exception exception)
        {
            _done.SetException(exception);
            if (exception is not (IOException or UnauthorizedAccessException))
            {
                throw;
            }
        }
    }

    public void Fail(Exception exception) => _done.TrySetException(exception);
}
