using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Leases;

namespace Signalbox.Server.Tests.Platform.Leases;

/// <summary>A real provider of leases that the conformance suite runs against.</summary>
internal interface ILeaseHouse : IAsyncDisposable
{
    /// <summary>Where epochs, guards and, for one provider, the leases are.</summary>
    ControlDatabase Control { get; }

    /// <summary>A store as one more process would open it.</summary>
    ILeaseStore OpenStore(TimeProvider clock);

    /// <summary>Lets time pass for the server; does nothing where the server has a clock of its own, which passes anyhow.</summary>
    void PassServerTime(TimeSpan time);

    /// <summary>Steps the wall clock of the server where a test may.</summary>
    void StepServerClock(TimeSpan step);

    /// <summary>Stops the server from answering, without ending it.</summary>
    Task FreezeAsync(CancellationToken cancellationToken);

    Task ThawAsync(CancellationToken cancellationToken);

    /// <summary>Starts the provider again with what it had.</summary>
    Task RestartAsync(CancellationToken cancellationToken);

    /// <summary>Starts the provider again with nothing of what it had.</summary>
    /// <returns>False where that is not survived by anything: the control database is what remembers.</returns>
    Task<bool> LoseDataAsync(CancellationToken cancellationToken);
}
