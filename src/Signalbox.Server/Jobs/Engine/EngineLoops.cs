using Signalbox.Server.Jobs.Engine.Instances;
using Signalbox.Server.Jobs.Engine.Loops;
using Signalbox.Server.Jobs.Engine.Runs;

namespace Signalbox.Server.Jobs.Engine;

/// <summary>All loops of the engine.</summary>
internal sealed class EngineLoops(ClaimingLoops claiming, WorkingLoops working, LoopAges ages, LocalRuns runs, InstanceDirectory instances, EngineStop stop)
{
    /// <summary>Those that a stop ends first.</summary>
    public IReadOnlyList<EngineLoop> Claiming => [claiming.Planner, claiming.Dispatcher];

    /// <summary>Those that are needed until the last run has ended.</summary>
    public IReadOnlyList<EngineLoop> Working => [working.Heartbeat, working.LeaseWatch, working.Recovery, working.Reconciler, working.Retention];

    public EngineStop Options => stop;

    /// <summary>Shows how the loops do.</summary>
    public void Watch(EngineMetrics metrics) => metrics.Watch(ages.Measure, () => runs.Running, () => instances.Slots, () => instances.Waiting);
}

/// <summary>The loops that bring new work.</summary>
internal sealed record ClaimingLoops(Planner Planner, Dispatcher Dispatcher);

/// <summary>The loops that look after work and records.</summary>
internal sealed record WorkingLoops(Heartbeat Heartbeat, LeaseWatch LeaseWatch, Recovery Recovery, Reconciler Reconciler, Retention Retention);

/// <summary>How long the host lets a stop take.</summary>
internal sealed record EngineStop(TimeSpan StopTime);
