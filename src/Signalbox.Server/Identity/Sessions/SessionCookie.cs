using System.Net;

namespace Signalbox.Server.Identity.Sessions;

/// <summary>The cookie that carries a session.</summary>
internal sealed class SessionCookie(IdentityOptions options)
{
    public const string Name = "signalbox_session";

    public static string? Read(HttpRequest request) => request.Cookies[Name];

    public void Set(HttpContext context, string secret, DateTimeOffset expiresAt) => context.Response.Cookies.Append(Name, secret, Options(context, expiresAt));

    public void Clear(HttpContext context) => context.Response.Cookies.Delete(Name, Options(context, expiresAt: null));

    private CookieOptions Options(HttpContext context, DateTimeOffset? expiresAt) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Path = "/",
        Secure = IsSecure(context.Request),
        Expires = expiresAt,
        IsEssential = true,
    };

    private bool IsSecure(HttpRequest request) => options.Sessions.Cookie switch
    {
        "always" => true,
        "never" => false,
        _ => request.IsHttps || !IsLoopback(request.Host.Host),
    };

    // What the browser's address bar shows decides: behind a proxy that ends TLS the connection itself is loopback and the host is not.
    private static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
