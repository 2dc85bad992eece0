using System.Buffers.Text;
using System.Text;
using Signalbox.Server.Identity.Jwt;
using Signalbox.Server.Identity.Sessions;
using Signalbox.Server.Identity.Tokens;
using Signalbox.Server.Platform.Access;

namespace Signalbox.Server.Identity.Access;

/// <summary>Finds out who calls: by bearer token (ours or the identity provider's), by Basic with the token as password, or by console session.</summary>
internal sealed class Authenticator(TokenAuthenticator tokens, SessionAuthenticator sessions, TenantChoice tenants, JwtAuthenticator? jwt = null) : ICredentialCheck
{
    /// <summary>Code of the refusal when a request carries no credentials at all.</summary>
    public const string NoCredentials = "unauthenticated";

    private const int LongestHeader = 8192;

    public ValueTask<Authentication> AuthenticateAsync(HttpContext context) => AuthenticateAsync(context, noteUse: true);

    public async ValueTask<Principal?> RecheckAsync(HttpContext context) =>
        await AuthenticateAsync(context, noteUse: false) is Authentication.Known { Caller: var caller } ? caller.Principal : null;

    private async ValueTask<Authentication> AuthenticateAsync(HttpContext context, bool noteUse)
    {
        var authentication = await RecogniseAsync(context, noteUse);
        return authentication is Authentication.Known known ? tenants.Choose(context, known) : authentication;
    }

    private ValueTask<Authentication> RecogniseAsync(HttpContext context, bool noteUse)
    {
        var header = context.Request.Headers.Authorization;
        if (header.Count == 0)
        {
            return SessionCookie.Read(context.Request) is { } secret
                ? sessions.AuthenticateAsync(secret, noteUse, context.RequestAborted)
                : new(Authentication.Unknown(NoCredentials, "This needs an API token (Authorization: Bearer …) or a console session."));
        }

        return TokenOf(header.ToString()) is { } token
            ? jwt is not null && JwtAuthenticator.LooksLikeOne(token) ? jwt.AuthenticateAsync(token, context.RequestAborted) : tokens.AuthenticateAsync(token, context.RequestAborted)
            : new(Authentication.Unknown("authorization_unreadable", "The Authorization header is neither 'Bearer TOKEN' nor Basic with the token as password."));
    }

    private static string? TokenOf(string header)
    {
        const string Bearer = "Bearer ";
        const string Basic = "Basic ";
        if (header.Length > LongestHeader)
        {
            return null;
        }

        if (header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return header[Bearer.Length..].Trim();
        }

        return header.StartsWith(Basic, StringComparison.OrdinalIgnoreCase) ? PasswordOf(header.AsSpan(Basic.Length).Trim()) : null;
    }

    private static string? PasswordOf(ReadOnlySpan<char> encoded)
    {
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(encoded.Length)];
        if (!Convert.TryFromBase64Chars(encoded, bytes, out var length))
        {
            return null;
        }

        var pair = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : pair[(colon + 1)..];
    }
}
