using Microsoft.AspNetCore.Http.HttpResults;
using Signalbox.Server.Identity.Access;
using Signalbox.Server.Platform.Access;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Identity.Users;

/// <summary>The API of users.</summary>
internal static class UserEndpoints
{
    public static void MapUsers(this IEndpointRouteBuilder api)
    {
        var users = api.MapGroup("/users").WithTags("Users");
        users.MapGet("/", ListAsync).WithName("listUsers").WithSummary("List the users of this tenant.");
        users.MapPost("/", CreateAsync).WithName("createUser").WithSummary("Create a user; without a password the answer carries a one-time sign-in link.").Audited(IdentityVocabulary.UserCreate, IdentityVocabulary.User);
        users.MapPatch("/{id}", ChangeAsync).WithName("changeUser").WithSummary("Change a user; what is left out stays.").Audited(IdentityVocabulary.UserUpdate, IdentityVocabulary.User);
        users.MapDelete("/{id}", DeleteAsync).WithName("deleteUser").WithSummary("Delete a user and end its sessions.").Audited(IdentityVocabulary.UserDelete, IdentityVocabulary.User);
        users.MapPost("/{id}/sign-in-link", ResetAsync).WithName("resetUser").WithSummary("Take a user's password away and make a one-time link by which a new one can be set.").Audited(IdentityVocabulary.LinkCreate, IdentityVocabulary.User);
    }

    private static async Task<Ok<UserList>> ListAsync(HttpContext context, ControlDatabase database, int? limit, string? after, CancellationToken cancellationToken)
    {
        var size = Paging.Limit(limit);
        var tenant = context.Principal().Tenant.Value;
        var rows = await database.ReadAsync(session => UserStore.ListAsync(session, tenant, after, size + 1), cancellationToken);
        var (items, next) = Paging.Cut(rows, size, static row => row.Id);
        return TypedResults.Ok(new UserList([.. items.Select(User.Of)], next));
    }

    private static async Task<Results<Created<CreatedUser>, ProblemHttpResult>> CreateAsync(
        HttpContext context, UserCreation creation, CreateUser request, CancellationToken cancellationToken)
    {
        var outcome = await creation.RunAsync(Actor.Of(context), request, cancellationToken);
        return outcome.ToResult(context, static created => TypedResults.Created($"/api/v1/users/{created.User.Id}", created));
    }

    private static async Task<Results<Ok<User>, ProblemHttpResult>> ChangeAsync(
        HttpContext context, UserChange change, string id, ChangeUser request, CancellationToken cancellationToken)
    {
        var outcome = await change.RunAsync(Actor.Of(context), id, request, cancellationToken);
        return outcome.ToResult(context, TypedResults.Ok);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(HttpContext context, UserRemoval removal, string id, CancellationToken cancellationToken)
    {
        var outcome = await removal.DeleteAsync(Actor.Of(context), id, cancellationToken);
        return outcome.ToResult(context, static _ => TypedResults.NoContent());
    }

    private static async Task<Results<Ok<UserSignInLink>, ProblemHttpResult>> ResetAsync(
        HttpContext context, UserRemoval removal, string id, CancellationToken cancellationToken)
    {
        var outcome = await removal.ResetAsync(Actor.Of(context), id, cancellationToken);
        return outcome.ToResult(context, TypedResults.Ok);
    }
}
