using Signalbox.Server.Jobs.Engine.Endings;

namespace Signalbox.Server.Jobs.Engine;

/// <summary>Tells logs and metrics what became of executions.</summary>
internal sealed class EngineReport(EngineMetrics metrics, ILogger<EngineReport> logger)
{
    public EngineMetrics Metrics => metrics;

    public ILogger Log => logger;

    public void Written(IReadOnlyList<Ending> endings, EndingOutcome outcome)
    {
        foreach (var run in outcome.Finished)
        {
            metrics.Ended(run.State);
        }

        foreach (var id in outcome.Zombies)
        {
            var ending = endings.First(ending => ending.Id == id);
            metrics.Zombie();
            logger.ZombieFinish(id, ending.State, ending.Fence);
        }
    }

    public void EndingsNotWritten(int count, Exception exception) => logger.EndingsNotWritten(count, exception);

    public void EndingRefused(Ending ending, Exception exception) => logger.EndingRefused(ending.Id, ending.State, exception);
}
