using Signalbox.Server.Jobs.Definitions;
using Signalbox.Server.Jobs.Engine;
using Signalbox.Server.Jobs.Files;
using Signalbox.Server.Jobs.History;
using Signalbox.Server.Jobs.Running;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Json;

namespace Signalbox.Server.Jobs;

/// <summary>Scheduled jobs: every nominal fire of every job is run, or accounted for.</summary>
internal static class JobsFeature
{
    public static void AddJobs(this IServiceCollection services, JobsOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<JobsMetrics>();
        services.AddSingleton<IAuditVocabulary, JobsVocabulary>();
        services.AddJobsEngine();
        services.AddJobsRunning(options.Running);
        services.AddJobsDefinitions();
        services.AddJobsHistory();
        services.AddJobsFiles();
        services.AddJson(JobsJson.Default);
    }

    public static void MapJobs(this IEndpointRouteBuilder endpoints) => JobsEndpoints.Map(endpoints);
}
