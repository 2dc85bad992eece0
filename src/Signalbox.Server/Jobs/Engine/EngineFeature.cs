using Microsoft.Extensions.Options;
using Signalbox.Server.Jobs.Engine.Accounts;
using Signalbox.Server.Jobs.Engine.Catalogue;
using Signalbox.Server.Jobs.Engine.Endings;
using Signalbox.Server.Jobs.Engine.Instances;
using Signalbox.Server.Jobs.Engine.Live;
using Signalbox.Server.Jobs.Engine.Loops;
using Signalbox.Server.Jobs.Engine.Overlaps;
using Signalbox.Server.Jobs.Engine.Runs;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Jobs.Engine;

/// <summary>Registers what decides when an execution starts and where it ended.</summary>
internal static class EngineFeature
{
    public static void AddJobsEngine(this IServiceCollection services)
    {
        services.AddSingleton<IMigrationSource, JobsMigrations>();
        services.AddSingleton(static provider => provider.GetRequiredService<JobsOptions>().Engine);
        services.AddSingleton<JobInstance>();
        services.AddSingleton<EngineMetrics>();
        services.AddSingleton<EngineReport>();
        services.AddSingleton<EngineSignals>();
        services.AddSingleton<JobCatalogue>();
        services.AddSingleton<LiveRows>();
        services.AddSingleton<Dependents>();
        services.AddSingleton<ExecutionRecords>();
        services.AddSingleton<EndingStore>();
        services.AddSingleton<EndingWriter>();
        services.AddSingleton<LocalRuns>();
        services.AddSingleton<AttemptStarter>();
        services.AddSingleton<OverlapResolver>();
        services.AddSingleton<InstanceDirectory>();
        services.AddSingleton<LoopAges>();
        services.AddSingleton<LoopContext>();
        services.AddSingleton<DispatcherSettings>();
        services.AddSingleton<DispatcherParts>();
        services.AddSingleton<PlannerParts>();
        services.AddSingleton<Planner>();
        services.AddSingleton<EngineCommands>();
        services.AddSingleton<Dispatcher>();
        services.AddSingleton<Heartbeat>();
        services.AddSingleton<LeaseWatch>();
        services.AddSingleton<Recovery>();
        services.AddSingleton<PeriodCache>();
        services.AddSingleton<Reconciler>();
        services.AddSingleton<Retention>();
        services.AddSingleton<ClaimingLoops>();
        services.AddSingleton<WorkingLoops>();
        services.AddSingleton(static provider => new EngineStop(provider.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout));
        services.AddSingleton<EngineLoops>();
        services.AddHostedService<EngineService>();
    }
}
