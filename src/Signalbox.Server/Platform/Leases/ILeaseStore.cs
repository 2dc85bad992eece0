namespace Signalbox.Server.Platform.Leases;

/// <summary>Where leases are kept: the control database, Redis or etcd.</summary>
/// <remarks>
/// A store knows nothing of renewing in time, deadlines and bounds; <see cref="LeaseProvider"/> does. Whatever goes wrong is an exception. Every call may be
/// given up on and still take effect; the claim's owner id, new for each, lets it be undone. Thread-safe.
/// </remarks>
internal interface ILeaseStore : IAsyncDisposable
{
    /// <summary>For metrics and logs: <c>database</c>, <c>redis</c> or <c>etcd</c>.</summary>
    string Kind { get; }

    /// <summary>Called once, before the first claim.</summary>
    Task StartAsync(CancellationToken cancellationToken);

    /// <returns>The token, or null when somebody else holds the name.</returns>
    Task<long?> TakeAsync(LeaseClaim claim, CancellationToken cancellationToken);

    /// <returns>Whether the claim is still the holder and now lasts its time to live from this call.</returns>
    Task<bool> RenewAsync(LeaseClaim claim, long token, CancellationToken cancellationToken);

    /// <summary>Frees the name when this claim holds it, and does nothing otherwise.</summary>
    Task ReleaseAsync(LeaseClaim claim, CancellationToken cancellationToken);
}

/// <summary>One attempt at a lease.</summary>
/// <param name="Owner">New for each attempt, so that an attempt whose answer was lost can be recognised and undone.</param>
internal sealed record LeaseClaim(LeaseName Name, Guid Owner, TimeSpan TimeToLive)
{
    public long Milliseconds => (long)TimeToLive.TotalMilliseconds;
}
