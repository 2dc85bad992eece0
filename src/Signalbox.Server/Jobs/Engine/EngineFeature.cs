using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Jobs.Engine;

/// <summary>Registers what decides when an execution starts and where it ended.</summary>
internal static class EngineFeature
{
    public static void AddJobsEngine(this IServiceCollection services)
    {
        services.AddSingleton<IMigrationSource, JobsMigrations>();
    }
}
