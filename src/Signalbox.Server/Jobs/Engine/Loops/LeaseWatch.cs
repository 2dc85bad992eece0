using Signalbox.Server.Jobs.Engine.Runs;

namespace Signalbox.Server.Jobs.Engine.Loops;

/// <summary>Ends runs whose lease was not renewed in time, without asking anybody: the database may be what hangs.</summary>
internal sealed class LeaseWatch(LocalRuns runs, LoopContext context) : EngineLoop("lease_watch", TimeSpan.FromSeconds(5), context)
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);

    public override Task<TimeSpan> RunOnceAsync(CancellationToken cancellationToken)
    {
        runs.LoseExpired();
        return Task.FromResult(Period);
    }
}
