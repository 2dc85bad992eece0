namespace Signalbox.Server.Platform.Leases;

/// <summary>A name held by this process until it is released by disposal, or lost.</summary>
/// <remarks>Thread-safe.</remarks>
internal interface ILease : IAsyncDisposable
{
    LeaseName Name { get; }

    /// <summary>Greater than every token given for this name before.</summary>
    long Token { get; }

    /// <summary>
    /// Fires when the lease is held no longer though it was not released: renewal was refused, or the deadline passed without one. Reading the property looks at
    /// the clock first, so an owner that was paused and asks here afterwards sees the truth even before a timer ran. A token kept in a variable is
    /// a little later than that.
    /// </summary>
    CancellationToken Lost { get; }

    /// <summary>How long the lease surely lasts without another renewal, counted from before the last successful one was asked for; zero when it is lost or released.</summary>
    TimeSpan Remaining { get; }

    /// <summary>The end of <see cref="Remaining"/> as the wall clock shows it now: for people, not for decisions.</summary>
    DateTimeOffset Deadline { get; }

    /// <exception cref="LeaseLostException">The lease is lost or released.</exception>
    void ThrowIfLost();
}
