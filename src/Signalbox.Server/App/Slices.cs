using Signalbox.Server.Audit;
using Signalbox.Server.Identity;
using Signalbox.Server.Ingest;
using Signalbox.Server.Ingest.Otlp;
using Signalbox.Server.Jobs;
using Signalbox.Server.Platform;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Http;
using Signalbox.Server.Platform.Live;
using Signalbox.Server.Platform.Leases;
using Signalbox.Server.Platform.Redaction;
using Signalbox.Server.Query;
using Signalbox.Server.Runs;

namespace Signalbox.Server.App;

/// <summary>The list of slices, in the order in which requests meet them.</summary>
internal static class Slices
{
    public static void Add(IServiceCollection services, SignalboxOptions options)
    {
        services.AddProblemDetails(static problems => problems.CustomizeProblemDetails = Problems.Customize);
        services.AddSingleton(options.Host.Proxies);
        services.AddPlatform(options.Control);
        services.AddRedaction(options.Redaction);
        services.AddLeases(options.Leases);
        services.AddLive(options.Live);
        services.AddAudit(options.Audit);
        services.AddIdentity(options.Identity);
        services.AddQuery(options.Query);
        services.AddIngest(options.Ingest);
        services.AddJobs(options.Jobs);
        services.AddRuns(options.Runs);
        services.AddAuditRequests(options.Audit.Requests);
    }

    public static void Map(WebApplication application, SignalboxOptions options)
    {
        application.UseSecurityHeaders();
        application.UseExceptionHandler();
        application.UseStatusCodePages();
        application.UseOtlpPorts();
        application.UseConsole();
        application.UseRouting();
        application.UseAuditRequests();
        application.UseIdentity();
        application.MapPlatform();
        application.MapLive();
        application.MapAudit();
        application.MapIdentity();
        application.MapQuery();
        application.MapIngest();
        application.MapJobs();
        application.MapRuns();
        application.MapConsole();
    }
}
