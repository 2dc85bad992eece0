using Signalbox.Scheduling;
using Signalbox.Server.Jobs.Engine.Catalogue;

namespace Signalbox.Server.Jobs.Engine.Plans;

/// <summary>Asks the planner about a job.</summary>
internal static class PlanRequests
{
    public static FirePlanRequest For(EngineJob job, Schedule schedule, long nextNominalMs, long nowMs, TimeSpan horizon) => new()
    {
        Schedule = schedule,
        NextNominal = DateTimeOffset.FromUnixTimeMilliseconds(nextNominalMs),
        Now = DateTimeOffset.FromUnixTimeMilliseconds(nowMs),
        Horizon = horizon,
        JobId = job.Id,
        Misfire = job.Misfire,
        MisfireGrace = job.MisfireGrace,
        JitterMax = job.Jitter,
    };
}
