namespace Signalbox.Server.Platform.Leases;

/// <summary>Leases one name to one owner at a time, across instances.</summary>
/// <remarks>
/// Tokens grow strictly per name over the whole life of the control database, whichever provider gives them, so a paused owner cannot write late where the write
/// checks its token (<see cref="LeaseGuard"/>). What each provider promises beyond that stands in docs/locks.md. Thread-safe.
/// </remarks>
internal interface ILeaseProvider
{
    /// <summary>Takes the lease now or not at all; it is then renewed in the background until it is disposed or lost.</summary>
    /// <param name="timeToLive">From <see cref="LeaseTime.Shortest"/> to <see cref="LeaseTime.Longest"/>; <see cref="LeaseTime.Default"/> when nothing speaks for another.</param>
    /// <returns>Null when somebody else holds it.</returns>
    /// <exception cref="LeaseUnavailableException">The provider does not answer in time, or this process holds as many leases as it may.</exception>
    Task<ILease?> TryAcquireAsync(LeaseName name, TimeSpan timeToLive, CancellationToken cancellationToken);

    /// <summary>Like <see cref="TryAcquireAsync"/>, but asks again, ever less often, while somebody else holds it.</summary>
    /// <param name="limit">How long to wait; positive.</param>
    /// <returns>Null when the limit passed.</returns>
    /// <exception cref="LeaseUnavailableException">The provider does not answer in time, or as many callers wait as may.</exception>
    Task<ILease?> AcquireAsync(LeaseName name, TimeSpan timeToLive, TimeSpan limit, CancellationToken cancellationToken);
}
