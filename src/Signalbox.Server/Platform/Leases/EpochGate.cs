namespace Signalbox.Server.Platform.Leases;

/// <summary>Asks the control database about an epoch once, and remembers the answer while it stays the same.</summary>
internal sealed class EpochGate(LeaseEpochs epochs, LeaseMetrics metrics, ILogger<EpochGate> logger)
{
    private long _active;

    /// <summary>Whether leases of this epoch count; if not, a new epoch is needed.</summary>
    public async Task<bool> AcceptsAsync(string provider, long epoch, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _active) == epoch)
        {
            return true;
        }

        if (!await epochs.ActivateAsync(provider, epoch, cancellationToken))
        {
            return false;
        }

        Volatile.Write(ref _active, epoch);
        return true;
    }

    /// <param name="known">The epoch that the provider has now; 0 without one.</param>
    public async Task<long> AllocateAsync(string provider, long known, CancellationToken cancellationToken)
    {
        var epoch = await epochs.AllocateAsync(known, cancellationToken);
        metrics.Lifted(provider);
        logger.Lifted(provider, epoch);
        return epoch;
    }
}
