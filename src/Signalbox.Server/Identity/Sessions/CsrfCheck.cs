using System.Security.Cryptography;
using System.Text;
using Signalbox.Server.Identity.Access;

namespace Signalbox.Server.Identity.Sessions;

/// <summary>Keeps other sites from acting through a signed-in browser: requests of a session that may change something carry its CSRF token.</summary>
internal static class CsrfCheck
{
    public const string Header = "X-CSRF-Token";

    /// <summary>The refusal, or null when the request may go on.</summary>
    public static Authentication.Refused? Check(HttpRequest request, Caller caller)
    {
        if (caller.Session is not { } session || HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
        {
            return null;
        }

        var header = request.Headers[Header].ToString();
        if (header.Length == 0)
        {
            return Authentication.Forbidden("csrf_token_missing", $"A request that may change something needs the session's CSRF token in {Header}; GET /api/v1/session gives it.");
        }

        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(header), Encoding.UTF8.GetBytes(session.CsrfToken))
            ? null
            : Authentication.Forbidden("csrf_token_wrong", $"The token in {Header} is not that of this session; GET /api/v1/session gives it.");
    }
}
