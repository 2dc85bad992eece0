using Signalbox.Server.Platform.Access;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Http;
using Signalbox.Telemetry;

namespace Signalbox.Server.Identity.Users;

/// <summary>Keeps a tenant from losing its last enabled admin, and the server from losing the last who reaches every tenant.</summary>
internal static class LastAdmin
{
    private const string Code = "last_admin";

    /// <param name="after">Null when the user is to be deleted.</param>
    public static async Task<Refusal?> CheckAsync(ControlSession session, UserRow before, UserRow? after)
    {
        if (IsAdmin(before) && !IsAdmin(after) && await UserStore.CountOtherAdminsAsync(session, before.Tenant, before.Id, spanning: false) == 0)
        {
            return Refusal.Conflict(Code, $"{before.Name} is the last enabled admin of the tenant {before.Tenant}. Make another one first.");
        }

        return ReachesAll(before) && !ReachesAll(after) && await UserStore.CountOtherAdminsAsync(session, before.Tenant, before.Id, spanning: true) == 0
            ? Refusal.Conflict(Code, $"{before.Name} is the last enabled admin who reaches all tenants. Make another one first.")
            : null;
    }

    private static bool IsAdmin(UserRow? user) => user is { Disabled: false } && user.Role == Roles.NameOf(Role.Admin);

    private static bool ReachesAll(UserRow? user) => IsAdmin(user) && user!.Tenant == TenantId.Default.Value && user.Tenants == Access.TenantSpan.Everything;
}
