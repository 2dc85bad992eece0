using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Signalbox.Server.Platform.Http;
using Signalbox.Telemetry;

namespace Signalbox.Server.Platform.Audit;

/// <summary>Opens a scope for each request, and records a request that may have changed something and left no record of its own.</summary>
internal sealed class AuditRequests(RequestDelegate next, IAuditTrail trail, AuditSummaries summaries, ProxyOptions proxies)
{
    /// <summary>In characters; a method may be any word, and those that mean something are shorter.</summary>
    private const int LongestMethod = 32;

    public async Task InvokeAsync(HttpContext context)
    {
        var address = ClientAddress.Of(proxies, context.Connection.RemoteIpAddress, context.Request.Headers);
        context.Features.Set(address);
        var scope = new AuditScope
        {
            Source = SourceOf(context.Request),
            RequestId = context.TraceIdentifier,
            TraceId = TraceOf(context.Request),
            Address = address.Address?.ToString(),
            Peer = address.Peer?.ToString(),
            AddressChain = address.Chain,
            UserAgent = context.Request.Headers.UserAgent is { Count: > 0 } agent ? agent.ToString() : null,
        };
        using var opened = AuditScope.Open(scope);
        var status = StatusCodes.Status500InternalServerError;
        try
        {
            await next(context);
            status = context.Response.StatusCode;
        }
        catch (BadHttpRequestException exception)
        {
            status = exception.StatusCode;
            throw;
        }
        finally
        {
            Finish(context, scope, status);
        }
    }

    /// <summary>The caller's own trace where it names one; it says what a record belongs to, and nothing of who called. There is no activity where nobody listens or logs.</summary>
    private static string? TraceOf(HttpRequest request) =>
        Activity.Current?.TraceId.ToHexString() ?? (ActivityContext.TryParse(request.Headers.TraceParent, null, out var caller) ? caller.TraceId.ToHexString() : null);

    private void Finish(HttpContext context, AuditScope scope, int status)
    {
        if (scope.Recorded > 0 || context.GetEndpoint() is not RouteEndpoint endpoint || IsSafe(context.Request.Method))
        {
            return;
        }

        var audited = endpoint.Metadata.GetMetadata<AuditedEndpoint>() ?? new AuditedEndpoint(PlatformVocabulary.Request, PlatformVocabulary.Endpoint, Summarised: true);
        var pattern = "/" + (endpoint.RoutePattern.RawText ?? string.Empty).Trim('/');
        var principal = scope.Principal;
        var auditEvent = new AuditEvent(scope.Tenant ?? TenantId.Default.Value, principal ?? AuditActor.Unknown, audited.Action, ResourceOf(context, audited, pattern))
            .AsStandard()
            .With("method", AuditScope.Short(context.Request.Method, LongestMethod))
            .With("route", pattern)
            .With("status", status);
        auditEvent = auditEvent with { Outcome = GrpcOutcomeOf(context.Response) ?? OutcomeOf(status) };
        if (audited.Summarised || principal is null)
        {
            // A stranger is told by its address, whatever it calls.
            summaries.Record(principal is null ? $"@{AddressText.Subscriber(ClientAddress.Of(context))}" : $"{principal.Kind} {principal.Id} {pattern}", auditEvent);
        }
        else
        {
            trail.Record(auditEvent);
        }
    }

    private static AuditResource ResourceOf(HttpContext context, AuditedEndpoint audited, string pattern)
    {
        var values = context.Request.RouteValues;
        var id = (values.GetValueOrDefault("id") ?? values.GetValueOrDefault("name")) as string;
        return audited.ResourceType == PlatformVocabulary.Endpoint
            ? new AuditResource(audited.ResourceType, pattern, string.Empty, context.Request.Path)
            : new AuditResource(audited.ResourceType, id ?? "-", string.Empty, context.Request.Path);
    }

    private static AuditOutcome OutcomeOf(int status) => status switch
    {
        < 400 => AuditOutcome.Succeeded,
        StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden => AuditOutcome.Denied,
        _ => AuditOutcome.Failed,
    };

    /// <summary>Null when the answer is not gRPC's: there every answer is 200, and a header or trailer says what became of the call.</summary>
    /// <remarks>Source: https://github.com/grpc/grpc/blob/master/doc/statuscodes.md</remarks>
    private static AuditOutcome? GrpcOutcomeOf(HttpResponse response)
    {
        const string Status = "grpc-status";
        var status = response.Headers[Status];
        if (status.Count == 0 && response.HttpContext.Features.Get<IHttpResponseTrailersFeature>()?.Trailers is { } trailers)
        {
            status = trailers[Status];
        }

        return status.ToString() switch
        {
            "" => null,
            "0" => AuditOutcome.Succeeded,
            "7" or "16" => AuditOutcome.Denied,
            _ => AuditOutcome.Failed,
        };
    }

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    private static string SourceOf(HttpRequest request)
    {
        var agent = request.Headers.UserAgent.ToString();
        if (agent.StartsWith("signalbox-cli/", StringComparison.Ordinal))
        {
            return "cli";
        }

        if (agent.StartsWith("signalbox-sdk/", StringComparison.Ordinal))
        {
            return "sdk";
        }

        if (agent.StartsWith("cicd-runner/", StringComparison.Ordinal))
        {
            return "runner";
        }

        // Only the console has a session, and what carries a token is not the console.
        return request.Headers.Authorization.Count == 0 && request.Headers.Cookie.Count > 0 ? "console" : "api";
    }
}
