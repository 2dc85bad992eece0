namespace Signalbox.Server.Query;

/// <summary>Lets so many queries run and so many wait; the rest are turned away at once.</summary>
internal sealed class QueryAdmission(QueryOptions options, QueryMetrics metrics) : IDisposable
{
    private readonly SemaphoreSlim _places = new(options.MaxConcurrency);
    private int _waiting;

    /// <summary>Waits for a place.</summary>
    /// <returns>The place, to be disposed when the query ends; null when too many wait already.</returns>
    public async ValueTask<QueryPlace?> EnterAsync(CancellationToken cancellationToken)
    {
        if (!_places.Wait(0, CancellationToken.None))
        {
            if (Interlocked.Increment(ref _waiting) > options.MaxQueued)
            {
                Interlocked.Decrement(ref _waiting);
                metrics.Refused("query.max_queued");
                return null;
            }

            metrics.Queued(1);
            try
            {
                await _places.WaitAsync(cancellationToken);
            }
            finally
            {
                Interlocked.Decrement(ref _waiting);
                metrics.Queued(-1);
            }
        }

        metrics.InFlight(1);
        return new QueryPlace(this);
    }

    public void Dispose() => _places.Dispose();

    private void Leave()
    {
        metrics.InFlight(-1);
        _places.Release();
    }

    /// <summary>One of the places; disposing it gives it to the next.</summary>
    internal sealed class QueryPlace(QueryAdmission admission) : IDisposable
    {
        private QueryAdmission? _admission = admission;

        public void Dispose() => Interlocked.Exchange(ref _admission, null)?.Leave();
    }
}
