using Signalbox.Server.Jobs.News;
using Signalbox.Server.Platform.Live;

namespace Signalbox.Server.Jobs.History;

/// <summary>Registers what shows executions and what they add up to, and tells event streams of them.</summary>
internal static class HistoryFeature
{
    public static void AddJobsHistory(this IServiceCollection services)
    {
        services.AddSingleton<ExecutionQuery>();
        services.AddSingleton<ExecutionDesk>();
        services.AddSingleton<OutputQuery>();
        services.AddSingleton<StatisticsQuery>();
        services.AddSingleton<TimelineQuery>();
        services.AddSingleton<InstanceQuery>();
        services.AddSingleton<HandlerQuery>();
        services.AddSingleton<JobNews>();
        services.AddSingleton<TenantFeed>();
        services.AddSingleton<OutputFeed>();
        services.AddSingleton<ILiveSource, JobsLiveSource>();
    }
}
