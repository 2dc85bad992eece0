namespace Signalbox.Testing.Clock;

/// <summary>Waits for something that another process does in its own time.</summary>
/// <remarks>The limit is no promise of the product: it only ends a test that would otherwise wait for ever, so it is generous.</remarks>
public static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public static TimeSpan Limit { get; } = TimeSpan.FromMinutes(3);

    /// <summary>Asks again and again until the answer is yes.</summary>
    /// <param name="what">Ends the sentence "It never happened that …".</param>
    /// <exception cref="TimeoutException">It did not become so; the message says what was seen last.</exception>
    public static Task HoldsAsync(string what, Func<Task<bool>> isSo, CancellationToken cancellationToken) =>
        GetsAsync(what, async () => await isSo() ? string.Empty : null, cancellationToken);

    /// <summary>Asks again and again until there is an answer that is not null; a request that fails counts as no answer.</summary>
    /// <exception cref="TimeoutException">There was none within the limit; the message says what failed last.</exception>
    public static async Task<T> GetsAsync<T>(string what, Func<Task<T?>> ask, CancellationToken cancellationToken)
        where T : class
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        using var timer = new PeriodicTimer(Pause, TimeProvider.System);
        Exception? last = null;
        try
        {
            do
            {
                try
                {
                    if (await ask() is { } answer)
                    {
                        return answer;
                    }
                }
                catch (Exception exception) when (exception is HttpRequestException or IOException)
                {
                    last = exception;
                }
            }
            while (await timer.WaitForNextTickAsync(limit.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The limit, reported below.
        }

        throw new TimeoutException($"It never happened that {what}. {last?.Message}", last);
    }
}
