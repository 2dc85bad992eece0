namespace Signalbox.Server.Platform.Live;

/// <summary>Looks for what happened in the topics that are listened to, and for nothing while nobody listens.</summary>
internal sealed class LivePump(LiveHub hub, IEnumerable<ILiveSource> sources, LiveOptions options, LiveMetrics metrics, ILogger<LivePump> logger) : BackgroundService
{
    private readonly SemaphoreSlim _wanted = new(0, 1);

    /// <summary>One look.</summary>
    /// <returns>Whether anybody listens.</returns>
    public async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        var active = hub.ActiveTopics();
        foreach (var source in sources)
        {
            try
            {
                await source.PollAsync([.. active.Where(topic => source.RuleOf(topic.Topic) is not null)], cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                // Whatever went wrong, the next look tries again; nothing of this kind may end the server.
                metrics.PollFailed();
                logger.PollFailed(exception);
            }
        }

        return active.Count > 0;
    }

    public override void Dispose()
    {
        _wanted.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        hub.OnWanted += Wake;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                // Paced by the machine's own clock on purpose: streams are watched by people.
                var busy = await RunOnceAsync(stoppingToken);
                await _wanted.WaitAsync(busy ? options.Poll : Timeout.InfiniteTimeSpan, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
        finally
        {
            hub.OnWanted -= Wake;
        }
    }

    private void Wake()
    {
        try
        {
            _wanted.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody has asked already, and the next look serves both.
        }
    }
}
