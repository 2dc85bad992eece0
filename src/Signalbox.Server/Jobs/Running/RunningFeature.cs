namespace Signalbox.Server.Jobs.Running;

/// <summary>Registers what carries out one attempt of an execution.</summary>
internal static class RunningFeature
{
    public static void AddJobsRunning(this IServiceCollection services)
    {
    }
}
