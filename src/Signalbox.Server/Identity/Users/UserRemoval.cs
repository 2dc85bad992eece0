using Signalbox.Server.Identity.Access;
using Signalbox.Server.Identity.Sessions;
using Signalbox.Server.Identity.Tenants;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Identity.Users;

/// <summary>Deletes users, and gives those who lost their password a one-time link in its place.</summary>
internal sealed class UserRemoval(ControlDatabase database, SignInLinks links, IAuditTrail audit)
{
    public Task<Outcome<User>> DeleteAsync(Actor actor, string id, CancellationToken cancellationToken) => database.WriteAsync<Outcome<User>>(
        async session =>
        {
            await TenantStore.TakeAsync(session, actor.Tenant);
            if (await UserStore.TakeAsync(session, actor.Tenant, id) is not { } user)
            {
                return UserRefusals.NotFound;
            }

            if ((UserGrants.Check(actor.Caller, user) ?? await LastAdmin.CheckAsync(session, user, after: null)) is { } refusal)
            {
                return refusal;
            }

            await UserStore.DeleteAsync(session, id);
            await audit.RecordAsync(session, actor.Event(IdentityVocabulary.UserDelete, new AuditResource(IdentityVocabulary.User, id, user.Name)).Changed(User.Of(user).ToNode(), after: null));
            return User.Of(user);
        },
        cancellationToken);

    /// <summary>Takes the user's password away, ends its sessions, and makes a link by which a new password can be set.</summary>
    public Task<Outcome<UserSignInLink>> ResetAsync(Actor actor, string id, CancellationToken cancellationToken) => database.WriteAsync<Outcome<UserSignInLink>>(
        async session =>
        {
            await TenantStore.TakeAsync(session, actor.Tenant);
            if (await UserStore.TakeAsync(session, actor.Tenant, id) is not { } user)
            {
                return UserRefusals.NotFound;
            }

            if ((id == actor.Caller.Principal.Id ? UserRefusals.OwnPassword : UserGrants.Check(actor.Caller, user)) is { } refusal)
            {
                return refusal;
            }

            if (user.Disabled)
            {
                return Refusal.Conflict("user_disabled", $"{user.Name} is disabled and could not use the link. Enable the user first.");
            }

            var reset = user with { Password = null, MustSetPassword = true };
            await UserStore.UpdateAsync(session, reset);
            await SessionStore.DeleteOfUserAsync(session, id);
            var link = await links.CreateAsync(session, id);
            var resource = new AuditResource(IdentityVocabulary.User, id, user.Name);
            await audit.RecordAsync(session, actor.Event(IdentityVocabulary.LinkCreate, resource).Changed(User.Of(user).ToNode(), User.Of(reset).ToNode()));
            return new UserSignInLink(link.Path, link.ExpiresAt);
        },
        cancellationToken);
}
