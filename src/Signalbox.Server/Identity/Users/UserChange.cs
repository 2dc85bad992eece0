using Signalbox.Server.Identity.Access;
using Signalbox.Server.Identity.Sessions;
using Signalbox.Server.Identity.Tenants;
using Signalbox.Server.Platform.Access;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Identity.Users;

/// <summary>Changes users, and ends their sessions when the change asks for it.</summary>
internal sealed class UserChange(ControlDatabase database, TenantDirectory tenants, PasswordDesk passwords, IAuditTrail audit)
{
    public async Task<Outcome<User>> RunAsync(Actor actor, string id, ChangeUser request, CancellationToken cancellationToken)
    {
        var badRole = CheckRole(request, out var role);
        var refusal = badRole ?? (request.Name is null ? null : RequestText.CheckName("name", request.Name)) ?? RequestText.CheckTenants(request.Tenants, tenants);
        refusal ??= request.Password is not null && id == actor.Caller.Principal.Id ? UserRefusals.OwnPassword : null;
        if (refusal is not null)
        {
            return refusal;
        }

        var hash = request.Password is { Length: <= PasswordRules.Longest } password ? await passwords.HashAsync(password, cancellationToken) : null;
        return await database.WriteAsync(session => ApplyAsync(session, actor, id, request, role, hash), cancellationToken);
    }

    private static Refusal? CheckRole(ChangeUser request, out Role? role)
    {
        role = null;
        if (request.Role is null)
        {
            return null;
        }

        var refusal = RequestText.CheckRole(request.Role, out var parsed);
        role = parsed;
        return refusal;
    }

    private async Task<Outcome<User>> ApplyAsync(ControlSession session, Actor actor, string id, ChangeUser request, Role? role, string? hash)
    {
        await TenantStore.TakeAsync(session, actor.Tenant);
        if (await UserStore.TakeAsync(session, actor.Tenant, id) is not { } before)
        {
            return UserRefusals.NotFound;
        }

        var after = Merge(before, request, role, hash);
        if (await CheckAsync(session, actor, before, after, request) is { } refusal)
        {
            return refusal;
        }

        await UserStore.UpdateAsync(session, after);
        if (hash is not null || after.Disabled)
        {
            await SessionStore.DeleteOfUserAsync(session, id);
            await SignInLinks.DeleteOfUserAsync(session, id);
        }

        var changed = User.Of(after);
        var change = actor.Event(IdentityVocabulary.UserUpdate, new AuditResource(IdentityVocabulary.User, id, after.Name));
        await audit.RecordAsync(session, change.Changed(User.Of(before).ToNode(), changed.ToNode()).With("passwordChanged", before.Password == after.Password ? null : true));
        return changed;
    }

    private static UserRow Merge(UserRow before, ChangeUser request, Role? role, string? hash)
    {
        var newRole = role is { } given ? Roles.NameOf(given) : before.Role;
        var span = request.Tenants is { } names ? TenantSpan.Of(before.Tenant, names) : TenantSpan.FromColumn(before.Tenant, before.Tenants);

        // Only admins reach further than their tenant, so whoever stops being one stops reaching, unless the request insists.
        var keepsSpan = request.Tenants is not null || newRole == Roles.NameOf(Role.Admin);
        return before with
        {
            Name = request.Name ?? before.Name,
            NameKey = UserStore.KeyOf(request.Name ?? before.Name),
            Role = newRole,
            Tenants = keepsSpan ? span.ToColumn() : null,
            Password = hash ?? before.Password,
            MustSetPassword = before.MustSetPassword || hash is not null,
            Disabled = request.Disabled ?? before.Disabled,
        };
    }

    private static async Task<Refusal?> CheckAsync(ControlSession session, Actor actor, UserRow before, UserRow after, ChangeUser request)
    {
        var refusal = UserGrants.Check(actor.Caller, before) ?? UserGrants.Check(actor.Caller, after);
        refusal ??= request.Password is { } password ? PasswordRules.Check("password", password, after.Name) : null;
        refusal ??= await LastAdmin.CheckAsync(session, before, after);
        if (refusal is null && after.NameKey != before.NameKey && await UserStore.FindByNameAsync(session, after.Tenant, after.Name) is not null)
        {
            return UserRefusals.NameTaken(after.Name);
        }

        return refusal;
    }
}
