namespace Signalbox.Server.Jobs.Engine;

/// <summary>Registers what decides when an execution starts and where it ended.</summary>
internal static class EngineFeature
{
    public static void AddJobsEngine(this IServiceCollection services)
    {
    }
}
