using Signalbox.Server.Identity.Sessions;
using Signalbox.Server.Identity.Tenants;
using Signalbox.Server.Identity.Tokens;
using Signalbox.Server.Identity.Users;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Identity;

/// <summary>The API of this slice.</summary>
internal static class IdentityEndpoints
{
    /// <summary>In bytes; the largest request names every tenant of a token.</summary>
    private const int LongestBody = 256 * 1024;

    public static void MapIdentity(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/api/v1").WithMetadata(new BodyLimit(LongestBody));
        api.MapSessions();
        api.MapTokens();
        api.MapUsers();
        api.MapTenants();
    }
}
