namespace Signalbox.Server.Jobs.Running;

/// <summary>Carries out attempts; the engine knows nothing else of how jobs run.</summary>
internal interface IAttemptRunner
{
    /// <summary>Runs one attempt to its end, which is never an exception: whatever goes wrong is in the result.</summary>
    /// <remarks>Holds to the timeout and the grace of the request by itself, and ends within them even when the work does not (<see cref="RunEnd.Abandoned"/>).</remarks>
    Task<RunResult> RunAsync(RunRequest request, RunStop stop);

    /// <summary>Handlers that went on after their grace and still hold a slot.</summary>
    int Quarantined { get; }
}
