using Microsoft.AspNetCore.Http.HttpResults;
using Signalbox.Server.Identity.Sessions;
using Signalbox.Server.Platform.Access;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Http;
using Signalbox.Telemetry;

namespace Signalbox.Server.Identity.Access;

/// <summary>Lets a request through to its endpoint only as the access table says, and tells the endpoint who calls.</summary>
internal sealed class AccessMiddleware(RequestDelegate next, Authenticator authenticator, IdentityMetrics metrics, ILogger<AccessMiddleware> logger)
{
    public Task InvokeAsync(HttpContext context)
    {
        // Without a route there is nothing to protect: what remains is the router's own 404, 405 and 415.
        if (context.GetEndpoint() is not RouteEndpoint endpoint)
        {
            return next(context);
        }

        var pattern = AccessTable.PatternOf(endpoint);
        if (AccessTable.Find(context.Request.Method, pattern) is not { } rule)
        {
            logger.EndpointWithoutRule(context.Request.Method, pattern);
            return RefuseAsync(context, Authentication.Forbidden("no_access_rule", "This endpoint has no line in the access table, so nobody may call it. This is a fault of the server: please report it."));
        }

        return rule.IsOpen ? next(context) : CheckAsync(context, rule);
    }

    private async Task CheckAsync(HttpContext context, AccessRule rule)
    {
        var authentication = await authenticator.AuthenticateAsync(context);
        if (authentication is Authentication.Known known)
        {
            AuditScope.Current?.Identify(known.Caller.Principal);
        }

        switch (authentication)
        {
            case Authentication.Known { Caller: var caller } when CsrfCheck.Check(context.Request, caller) is { } forged:
                await RefuseAsync(context, forged);
                break;
            case Authentication.Known { Caller: var caller } when rule.Admits(caller.Principal):
                context.Features.Set(caller);
                context.Features.Set(caller.Principal);
                await next(context);
                break;
            case Authentication.Known { Caller: var caller }:
                metrics.Refused("forbidden");
                await WriteAsync(context, NotEnough(rule, caller.Principal));
                break;
            case Authentication.Refused refused:
                await RefuseAsync(context, refused);
                break;
        }
    }

    private Task RefuseAsync(HttpContext context, Authentication.Refused refused)
    {
        metrics.Refused(refused.Code);
        if (refused.Status == StatusCodes.Status401Unauthorized)
        {
            // Basic works too but is not offered: browsers would answer the offer with a dialogue of their own.
            context.Response.Headers.WWWAuthenticate = refused.Code == Authenticator.NoCredentials
                ? "Bearer realm=\"signalbox\""
                : $"Bearer realm=\"signalbox\", error=\"invalid_token\", error_description=\"{HeaderText(refused.Detail)}\"";
        }

        return WriteAsync(context, Problems.Of(refused.Status, refused.Code, refused.Title, refused.Detail));
    }

    private static Task WriteAsync(HttpContext context, ProblemHttpResult problem) => context.Features.Get<IRefusalForm>() is { } form
        ? form.RefuseAsync(context, problem.StatusCode, (string)problem.ProblemDetails.Extensions["code"]!, problem.ProblemDetails.Detail!)
        : problem.ExecuteAsync(context);

    // The characters that a description may have. Source: https://www.rfc-editor.org/rfc/rfc6750#section-3
    private static string HeaderText(string detail) => string.Create(detail.Length, detail, static (text, source) =>
    {
        for (var index = 0; index < text.Length; index++)
        {
            text[index] = source[index] is >= ' ' and <= '~' and not '"' and not '\\' ? source[index] : '?';
        }
    });

    private static ProblemHttpResult NotEnough(AccessRule rule, Principal principal)
    {
        var needed = Roles.NameOf(rule.Role!.Value);
        var more = new Dictionary<string, object?>(StringComparer.Ordinal) { ["requiredRole"] = needed, ["requiredScope"] = rule.Scope };
        if (rule.OwnersOnly && !principal.OwnsServer)
        {
            return Problems.Of(
                StatusCodes.Status403Forbidden, "server_owners_only", "Not allowed", $"This is about the server as a whole, so only users and tokens of the tenant {TenantId.Default} may do it.");
        }

        return principal.Role < rule.Role
            ? Problems.Of(
                StatusCodes.Status403Forbidden, "role_missing", "Not allowed", $"This needs the role {needed} or a higher one; {principal.Name} has {Roles.NameOf(principal.Role)}.", more)
            : Problems.Of(StatusCodes.Status403Forbidden, "scope_missing", "Not allowed", $"This needs the scope {rule.Scope}, which {principal.Name} does not have.", more);
    }
}
