using Microsoft.AspNetCore.Http.HttpResults;
using Signalbox.Server.Identity.Access;
using Signalbox.Server.Platform.Access;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Identity.Tokens;

/// <summary>The API of tokens.</summary>
internal static class TokenEndpoints
{
    public static void MapTokens(this IEndpointRouteBuilder api)
    {
        var tokens = api.MapGroup("/tokens").WithTags("Tokens");
        tokens.MapGet("/", ListAsync).WithName("listTokens").WithSummary("List the tokens of this tenant, newest first.");
        tokens.MapPost("/", CreateAsync).WithName("createToken").WithSummary("Create a token; its secret is in this answer and nowhere else.").Audited(IdentityVocabulary.TokenCreate, IdentityVocabulary.Token);
        tokens.MapDelete("/{id}", RevokeAsync).WithName("revokeToken").WithSummary("Revoke a token; it stops working at once and stays in the list.").Audited(IdentityVocabulary.TokenRevoke, IdentityVocabulary.Token);
        api.MapGet("/scopes", ListScopes).WithTags("Tokens").WithName("listScopes").WithSummary("List the scopes that a token can be narrowed to.");
    }

    private static async Task<Ok<ApiTokenList>> ListAsync(HttpContext context, ControlDatabase database, int? limit, string? after, CancellationToken cancellationToken)
    {
        var size = Paging.Limit(limit);
        var tenant = context.Principal().Tenant.Value;
        var rows = await database.ReadAsync(session => TokenStore.ListAsync(session, tenant, after, size + 1), cancellationToken);
        var (items, next) = Paging.Cut(rows, size, static row => row.Id);
        return TypedResults.Ok(new ApiTokenList([.. items.Select(ApiToken.Of)], next));
    }

    private static async Task<Results<Created<CreatedApiToken>, ProblemHttpResult>> CreateAsync(
        HttpContext context, TokenIssuer issuer, CreateApiToken request, CancellationToken cancellationToken)
    {
        var outcome = await issuer.CreateAsync(Actor.Of(context), request, cancellationToken);
        return outcome.ToResult(context, static created => TypedResults.Created($"/api/v1/tokens/{created.Token.Id}", created));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(HttpContext context, TokenIssuer issuer, string id, CancellationToken cancellationToken)
    {
        var outcome = await issuer.RevokeAsync(Actor.Of(context), id, cancellationToken);
        return outcome.ToResult(context, static _ => TypedResults.NoContent());
    }

    private static Ok<ScopeList> ListScopes() => TypedResults.Ok(new ScopeList(Scopes.All, null));
}
