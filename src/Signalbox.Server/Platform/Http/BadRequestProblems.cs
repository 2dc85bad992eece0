using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Platform.Http;

/// <summary>Turns requests that could not be read, and writes that found no room, into problems that say what is wrong.</summary>
internal sealed partial class BadRequestProblems : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        switch (exception)
        {
            case BadHttpRequestException { InnerException: JsonException json }:
                var (code, detail) = Describe(json);
                await Problems.BadRequest(code, detail).ExecuteAsync(httpContext);
                return true;
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                await Problems.Of(StatusCodes.Status413PayloadTooLarge, "body_too_large", "Body too large", exception.Message).ExecuteAsync(httpContext);
                return true;
            case BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType }:
                await Problems.Of(StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type", "Unsupported media type", "Send JSON, with Content-Type: application/json.").ExecuteAsync(httpContext);
                return true;
            case BadHttpRequestException bad when Unbound().Match(bad.Message) is { Success: true } unbound:
                var member = unbound.Groups["name"].Value;
                await Refusal.Invalid(char.ToLowerInvariant(member[0]) + member[1..], $"'{unbound.Groups["value"].Value}' is no value that this can have.").ToProblem(httpContext).ExecuteAsync(httpContext);
                return true;
            case BadHttpRequestException bad:
                await Problems.Of(bad.StatusCode, "bad_request", "Bad request", bad.Message).ExecuteAsync(httpContext);
                return true;
            case ControlBusyException busy:
                httpContext.Response.Headers.RetryAfter = "1";
                await Problems.Of(StatusCodes.Status503ServiceUnavailable, "control_busy", "Busy", busy.Message).ExecuteAsync(httpContext);
                return true;
            case ControlUnavailableException:
                // The message names the database's address, which is for the log and not for everybody.
                httpContext.Response.Headers.RetryAfter = "1";
                await Problems.Of(
                    StatusCodes.Status503ServiceUnavailable, "control_unavailable", "Unavailable", "The control database cannot be reached at the moment. Try again in a moment.").ExecuteAsync(httpContext);
                return true;
            case var conflict when ControlErrors.IsTransient(conflict):
                httpContext.Response.Headers.RetryAfter = "1";
                await Problems.Of(
                    StatusCodes.Status503ServiceUnavailable, "control_busy", "Busy", "Others were changing the same, and nothing was changed here. Try again in a moment.").ExecuteAsync(httpContext);
                return true;
            case var unfit when ControlErrors.IsUnfitText(unfit):
                await Problems.BadRequest("unfit_text", "A text of this request holds the character NUL, which cannot be kept or looked for.").ExecuteAsync(httpContext);
                return true;
            case var full when ControlErrors.IsDiskFull(full):
                await Problems.Of(
                    StatusCodes.Status503ServiceUnavailable, "disk_full", "Disk full", "The disk that holds the control database is full, so nothing was changed. Free some space, then try again.").ExecuteAsync(httpContext);
                return true;
            default:
                return false;
        }
    }

    // The reader names members only in its message; tests hold these patterns against the runtime in use.
    private static (string Code, string Detail) Describe(JsonException exception)
    {
        var message = exception.Message;
        if (UnknownMember().Match(message) is { Success: true } unknown)
        {
            return ("unknown_member", $"The request has a member '{unknown.Groups["name"].Value}', which is not known here.");
        }

        if (MissingMembers().Match(message) is { Success: true } missing)
        {
            return ("missing_member", $"The request lacks {missing.Groups["names"].Value.Trim()}.");
        }

        return ("malformed_json", exception.Path is { Length: > 1 } path ? $"The request's JSON cannot be read at {path}." : "The request's JSON cannot be read.");
    }

    [GeneratedRegex("^The JSON property '(?<name>.*)' could not be mapped", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UnknownMember();

    [GeneratedRegex("^Failed to bind parameter \"[^\"]*?(?<name>[A-Za-z]+)\" from \"(?<value>.*)\"[.]$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Unbound();

    [GeneratedRegex("missing required properties including: (?<names>[^.]*)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MissingMembers();
}
