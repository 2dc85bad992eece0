using Signalbox.Server.Identity.Tokens;

namespace Signalbox.Server.Identity;

/// <summary>The API of this slice.</summary>
internal static class IdentityEndpoints
{
    public static void MapIdentity(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/api/v1");
        api.MapTokens();
    }
}
