using System.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Signalbox.Server.Platform.Http;

/// <summary>Makes RFC 9457 problem details with the house's stable <c>code</c>.</summary>
/// <remarks>Source: https://www.rfc-editor.org/rfc/rfc9457</remarks>
internal static class Problems
{
    /// <param name="code">Stable, lower case with underscores; clients branch on it, so it never changes.</param>
    /// <param name="detail">What failed and what to do about it, as a sentence.</param>
    public static ProblemHttpResult Of(int status, string code, string title, string detail, IReadOnlyDictionary<string, object?>? more = null)
    {
        var extensions = new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = code };
        foreach (var (key, value) in more ?? new Dictionary<string, object?>(StringComparer.Ordinal))
        {
            extensions[key] = value;
        }

        return TypedResults.Problem(detail, instance: null, status, title, $"urn:signalbox:problem:{code}", extensions);
    }

    public static ProblemHttpResult NotFound(string code, string detail) => Of(StatusCodes.Status404NotFound, code, "Not found", detail);

    public static ProblemHttpResult BadRequest(string code, string detail) => Of(StatusCodes.Status400BadRequest, code, "Bad request", detail);

    public static ProblemHttpResult Conflict(string code, string detail) => Of(StatusCodes.Status409Conflict, code, "Conflict", detail);

    /// <summary>Adds what every problem carries: the ids that lead to the log and the trace.</summary>
    public static void Customize(ProblemDetailsContext context)
    {
        context.ProblemDetails.Extensions["requestId"] = context.HttpContext.TraceIdentifier;
        context.ProblemDetails.Extensions["traceId"] = Activity.Current?.TraceId.ToHexString();
        context.ProblemDetails.Extensions.TryAdd("code", DefaultCode(context.ProblemDetails.Status));
    }

    private static string DefaultCode(int? status) => status switch
    {
        400 => "bad_request",
        401 => "unauthenticated",
        403 => "forbidden",
        404 => "not_found",
        405 => "method_not_allowed",
        413 => "body_too_large",
        415 => "unsupported_media_type",
        429 => "too_many_requests",
        503 => "unavailable",
        _ => "internal_error",
    };
}
