using Signalbox.Telemetry;

namespace Signalbox.Server.Ingest.Intake;

/// <summary>Lets a bounded number of requests in at a time, a bounded number wait, and sends the rest away.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class IngestGate(IngestLimits limits, RefusalCounts refusals) : IDisposable
{
    /// <summary>What senders that are sent away are told to wait.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _free = new(limits.MaxConcurrentRequests);
    private int _inside;

    /// <summary>Requests served or waiting now.</summary>
    public int Inside => Volatile.Read(ref _inside);

    /// <returns>What to dispose when the request is done, or null when it has to come back later.</returns>
    public async ValueTask<IDisposable?> EnterAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _inside) > limits.MaxConcurrentRequests + limits.MaxWaitingRequests)
        {
            Interlocked.Decrement(ref _inside);
            refusals.Add(tenant, LimitNames.MaxWaitingRequests, 1);
            return null;
        }

        try
        {
            await _free.WaitAsync(cancellationToken);
        }
        catch
        {
            Interlocked.Decrement(ref _inside);
            throw;
        }

        return new Turn(this);
    }

    public void Dispose() => _free.Dispose();

    private void Leave()
    {
        _free.Release();
        Interlocked.Decrement(ref _inside);
    }

    private sealed class Turn(IngestGate gate) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
            {
                gate.Leave();
            }
        }
    }
}
