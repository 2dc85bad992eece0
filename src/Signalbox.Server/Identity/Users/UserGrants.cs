using Signalbox.Server.Identity.Access;
using Signalbox.Server.Platform.Access;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Identity.Users;

/// <summary>Whether a caller may have a hand in a user: whoever sets somebody's password or role can act as them.</summary>
internal static class UserGrants
{
    public static Refusal? Check(Caller caller, UserRow user)
    {
        var role = Roles.TryParse(user.Role, out var known) ? known : throw new InvalidOperationException($"User {user.Id} has the unknown role {user.Role}.");
        return Grants.CheckUser(caller, role, TenantSpan.FromColumn(user.Tenant, user.Tenants));
    }
}
