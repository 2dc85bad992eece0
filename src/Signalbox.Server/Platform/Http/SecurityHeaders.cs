using Microsoft.Extensions.Primitives;

namespace Signalbox.Server.Platform.Http;

/// <summary>The headers that tell browsers what they must not do; they go on every response, problems and static files included.</summary>
/// <remarks>
/// The console needs nothing beyond <c>'self'</c>: its charts and editor set styles through the object model, which the policy does not restrict.
/// Source: https://www.w3.org/TR/CSP3/
/// </remarks>
internal static class SecurityHeaders
{
    public const string ContentSecurityPolicy =
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; " +
        "worker-src 'self'; manifest-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private const string PermissionsPolicy = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()";
    private const string StrictTransportSecurity = "max-age=31536000";

    public static void UseSecurityHeaders(this IApplicationBuilder application) => application.Use(static (context, next) =>
    {
        // At the start of the response, because an error handler clears what was set before.
        context.Response.OnStarting(static state => Set((HttpContext)state), context);
        return next(context);
    });

    private static Task Set(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = PermissionsPolicy;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (context.Request.IsHttps)
        {
            headers.StrictTransportSecurity = StrictTransportSecurity;
        }

        // Whatever may be kept says so itself; data and problems never are.
        if (StringValues.IsNullOrEmpty(headers.CacheControl))
        {
            headers.CacheControl = "no-store";
        }

        if (context.Response.StatusCode == StatusCodes.Status401Unauthorized && StringValues.IsNullOrEmpty(headers.WWWAuthenticate))
        {
            headers.WWWAuthenticate = "Bearer realm=\"signalbox\"";
        }

        return Task.CompletedTask;
    }
}
