using Microsoft.AspNetCore.Http.HttpResults;
using Signalbox.Server.Identity.Access;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Identity.Tenants;

/// <summary>The API of tenants.</summary>
internal static class TenantEndpoints
{
    public static void MapTenants(this IEndpointRouteBuilder api)
    {
        var tenants = api.MapGroup("/tenants").WithTags("Tenants");
        tenants.MapGet("/", List).WithName("listTenants").WithSummary("List the tenants that the caller reaches.");
        tenants.MapPost("/", CreateAsync).WithName("createTenant").WithSummary("Create a tenant.").Audited(IdentityVocabulary.TenantCreate, IdentityVocabulary.Tenant);
    }

    private static Ok<TenantList> List(HttpContext context, TenantDirectory tenants, int? limit, string? after)
    {
        var size = Paging.Limit(limit);
        var span = context.Caller().Span;
        var rows = tenants.All.Where(row => span.Includes(row.Name) && string.CompareOrdinal(row.Name, after) > 0).Take(size + 1).ToList();
        var (items, next) = Paging.Cut(rows, size, static row => row.Name);
        return TypedResults.Ok(new TenantList([.. items.Select(Tenant.Of)], next));
    }

    private static async Task<Results<Created<Tenant>, ProblemHttpResult>> CreateAsync(
        HttpContext context, TenantCreation creation, CreateTenant request, CancellationToken cancellationToken)
    {
        var outcome = await creation.RunAsync(Actor.Of(context), request, cancellationToken);
        return outcome.ToResult(context, static tenant => TypedResults.Created($"/api/v1/tenants/{tenant.Name}", tenant));
    }
}
