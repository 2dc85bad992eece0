using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Json;
using Signalbox.Server.Platform.Live;
using Signalbox.Server.Runs.Costs;
using Signalbox.Server.Runs.Files;
using Signalbox.Server.Runs.Keeping;
using Signalbox.Server.Runs.Listing;
using Signalbox.Server.Runs.News;
using Signalbox.Server.Runs.Reports;

namespace Signalbox.Server.Runs;

/// <summary>Runs of cicd-runner: what agents and commands did in CI, and what it cost.</summary>
internal static class RunsFeature
{
    public static void AddRuns(this IServiceCollection services, RunsOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<RunsMetrics>();
        services.AddSingleton<RunsRules>();
        services.AddSingleton<IMigrationSource, RunsMigrations>();
        services.AddSingleton<IAuditVocabulary, RunsVocabulary>();
        services.AddSingleton<ReportReader>();
        services.AddSingleton<ReportDesk>();
        services.AddSingleton<ContentReader>();
        services.AddSingleton<FileDesk>();
        services.AddSingleton<FileQuery>();
        services.AddSingleton<TimelineQuery>();
        services.AddSingleton<RunQuery>();
        services.AddSingleton<CostQuery>();
        services.AddSingleton<RunRemoval>();
        services.AddSingleton<ContentCleaner>();
        services.AddSingleton<ILiveSource, RunsLiveSource>();
        services.AddSingleton<RunRetention>();
        services.AddHostedService(static provider => provider.GetRequiredService<RunRetention>());
        services.AddJson(RunsJson.Default);
    }

    public static void MapRuns(this IEndpointRouteBuilder endpoints) => RunsEndpoints.Map(endpoints);
}
