using Microsoft.AspNetCore.Http.HttpResults;
using Signalbox.Server.Identity.Access;
using Signalbox.Server.Identity.Tenants;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Http;
using Signalbox.Server.Platform.OpenApi;
using Signalbox.Telemetry;

namespace Signalbox.Server.Identity.Sessions;

/// <summary>The API of the console's session.</summary>
internal static class SessionEndpoints
{
    private static readonly Refusal SessionRequired = Refusal.Forbidden("session_required", "This is about a console session; API tokens have none.");

    public static void MapSessions(this IEndpointRouteBuilder api)
    {
        var session = api.MapGroup("/session").WithTags("Session");
        session.MapGet("/", ShowAsync).WithName("getSession").WithSummary("Who is signed in, and the CSRF token of this session.");
        session.MapPost("/", SignInAsync).WithName("signIn").WithSummary("Sign in by name and password; sets the session cookie.").WithMetadata(new OpenToEverybody()).AuditedInSummary(IdentityVocabulary.SessionCreate, IdentityVocabulary.Session);
        session.MapPost("/link", SignInByLinkAsync).WithName("signInByLink").WithSummary("Sign in by one-time link; sets the session cookie.").WithMetadata(new OpenToEverybody()).AuditedInSummary(IdentityVocabulary.SessionCreate, IdentityVocabulary.Session);
        session.MapPut("/password", ChangePasswordAsync).WithName("changePassword").WithSummary("Set one's own password; ends every other session of the user.").Audited(IdentityVocabulary.UserPassword, IdentityVocabulary.User);
        session.MapPut("/tenant", ChooseTenantAsync).WithName("chooseTenant").WithSummary("Choose the tenant that this session shows.").Audited(IdentityVocabulary.SessionTenant, IdentityVocabulary.Session);
        session.MapDelete("/", SignOutAsync).WithName("signOut").WithSummary("Sign out.").Audited(IdentityVocabulary.SessionDelete, IdentityVocabulary.Session);
    }

    private static async Task<Results<Ok<SessionInfo>, ProblemHttpResult>> ShowAsync(HttpContext context, SessionView view, CancellationToken cancellationToken) =>
        context.Caller() is { Session: { } session } caller
            ? TypedResults.Ok(await view.OfAsync(caller, session, cancellationToken))
            : SessionRequired.ToProblem(context);

    private static async Task<Results<Ok<SessionInfo>, ProblemHttpResult>> SignInAsync(
        HttpContext context, PasswordSignIn signIn, SessionReply reply, SignInRequest request, CancellationToken cancellationToken) =>
        reply.To(context, await signIn.RunAsync(request, ClientAddress.Of(context), cancellationToken));

    private static async Task<Results<Ok<SessionInfo>, ProblemHttpResult>> SignInByLinkAsync(
        HttpContext context, LinkSignIn signIn, SessionReply reply, LinkSignInRequest request, CancellationToken cancellationToken) =>
        reply.To(context, await signIn.RunAsync(request, ClientAddress.Of(context), cancellationToken));

    private static async Task<Results<Ok<SessionInfo>, ProblemHttpResult>> ChangePasswordAsync(
        HttpContext context, PasswordChange change, SessionReply reply, PasswordRequest request, CancellationToken cancellationToken) =>
        context.Caller().Session is null
            ? SessionRequired.ToProblem(context)
            : reply.To(context, await change.RunAsync(Actor.Of(context), request, ClientAddress.Of(context), cancellationToken));

    private static async Task<Results<Ok<SessionInfo>, ProblemHttpResult>> ChooseTenantAsync(
        HttpContext context, TenantChange change, TenantDirectory tenants, SessionView view, TenantRequest request, CancellationToken cancellationToken)
    {
        if (context.Caller() is not { Session: { } session } caller)
        {
            return SessionRequired.ToProblem(context);
        }

        if (!caller.Span.Includes(request.Tenant) || !tenants.Exists(request.Tenant))
        {
            return Refusal.Forbidden("tenant_not_allowed", "This user does not reach a tenant of that name.").ToProblem(context);
        }

        await change.RunAsync(Actor.Of(context), session, request.Tenant, cancellationToken);
        var chosen = caller with { Principal = caller.Principal with { Tenant = new TenantId(request.Tenant) } };
        return TypedResults.Ok(await view.OfAsync(chosen, session, cancellationToken));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> SignOutAsync(
        HttpContext context, ControlDatabase database, SessionCookie cookie, IAuditTrail audit, CancellationToken cancellationToken)
    {
        var actor = Actor.Of(context);
        if (actor.Caller.Session is not { } session)
        {
            return SessionRequired.ToProblem(context);
        }

        await database.WriteAsync(
            async writer =>
            {
                await SessionStore.DeleteAsync(writer, session.Hash);
                await audit.RecordAsync(writer, actor.Event(IdentityVocabulary.SessionDelete, new AuditResource(IdentityVocabulary.User, actor.Caller.Principal.Id, actor.Name)) with { Tenant = actor.Caller.Home });
            },
            cancellationToken);
        cookie.Clear(context);
        return TypedResults.NoContent();
    }
}
