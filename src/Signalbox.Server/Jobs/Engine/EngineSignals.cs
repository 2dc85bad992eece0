using Signalbox.Server.Jobs.Engine.Runs;

namespace Signalbox.Server.Jobs.Engine;

/// <summary>Carries news from where something was changed to the loops of this process that act on it. Thread-safe.</summary>
internal sealed class EngineSignals(LocalRuns runs)
{
    /// <summary>Something may be due, or free.</summary>
    public event Action? OnLiveChanged;

    /// <summary>A job's next fire may have come nearer.</summary>
    public event Action? OnPlanChanged;

    public void LiveChanged() => OnLiveChanged?.Invoke();

    public void PlanChanged() => OnPlanChanged?.Invoke();

    /// <summary>Ends a run of this process at once; one of another process is ended by its own.</summary>
    public void CancelRequested(string executionId, string reason) => runs.Find(executionId)?.Cancel(reason);
}
