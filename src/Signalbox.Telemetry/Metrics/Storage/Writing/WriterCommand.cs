namespace Signalbox.Telemetry.Metrics.Storage.Writing;

/// <summary>Something that must happen between two commit groups.</summary>
internal sealed class WriterCommand(Action action) : IWriterItem
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Done => _done.Task;

    public void Run()
    {
        try
        {
            action();
            _done.SetResult();
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException)
        {
            _done.SetException(exception);
        }
    }

    public void Fail(Exception exception) => _done.TrySetException(exception);
}
