using Signalbox.Server.Platform.Audit;
using Microsoft.AspNetCore.Http.HttpResults;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Http;
using Signalbox.Server.Platform.Json;
using Signalbox.Server.Platform.OpenApi;

namespace Signalbox.Server.Platform;

/// <summary>What every slice stands on: health, settings, problems, listeners.</summary>
internal static class PlatformFeature
{
    // Load balancers ask with HEAD.
    private static readonly string[] GetAndHead = [HttpMethods.Get, HttpMethods.Head];

    public static void AddPlatform(this IServiceCollection services, ControlOptions control)
    {
        services.AddSingleton<Readiness>();
        services.AddJsonConventions();
        services.AddExceptionHandler<BadRequestProblems>();
        services.Configure<RouteHandlerOptions>(static routes => routes.ThrowOnBadRequest = true);
        services.AddSingleton<AuditVocabularies>();
        services.AddOpenApiDocument();
        services.AddControl(control);
    }

    public static void MapPlatform(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMethods("/-/healthy", GetAndHead, static () => TypedResults.Text("Signalbox is healthy.\n")).ExcludeFromDescription();
        endpoints.MapOpenApiDocument();
        endpoints.MapMethods("/-/ready", GetAndHead, Ready).ExcludeFromDescription();
    }

    private static ContentHttpResult Ready(Readiness readiness) => readiness.Missing is { } missing
        ? TypedResults.Text($"Signalbox is not ready: {missing}.\n", statusCode: StatusCodes.Status503ServiceUnavailable)
        : TypedResults.Text(readiness.Notes is { } notes ? $"Signalbox is ready; {notes}.\n" : "Signalbox is ready.\n");
}
