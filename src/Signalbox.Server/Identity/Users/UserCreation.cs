using Signalbox.Server.Identity.Access;
using Signalbox.Server.Identity.Sessions;
using Signalbox.Server.Identity.Tenants;
using Signalbox.Server.Platform.Access;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Identity.Users;

/// <summary>Creates users in the tenant of the caller.</summary>
internal sealed class UserCreation(ControlDatabase database, IdentityRules rules, TenantDirectory tenants, PasswordDesk passwords, SignInLinks links, IAuditTrail audit)
{
    public async Task<Outcome<CreatedUser>> RunAsync(Actor actor, CreateUser request, CancellationToken cancellationToken)
    {
        var span = TenantSpan.Of(actor.Tenant, request.Tenants);
        var badRole = RequestText.CheckRole(request.Role, out var role);
        var refusal = RequestText.CheckName("name", request.Name) ?? badRole ?? RequestText.CheckTenants(request.Tenants, tenants);
        refusal ??= request.Password is { } given ? PasswordRules.Check("password", given, request.Name) : null;
        refusal ??= Grants.CheckUser(actor.Caller, role, span);
        if (refusal is not null)
        {
            return refusal;
        }

        var user = new UserRow
        {
            Id = rules.NewId(),
            Tenant = actor.Tenant,
            Name = request.Name,
            NameKey = UserStore.KeyOf(request.Name),
            Role = Roles.NameOf(role),
            Tenants = span.ToColumn(),
            Password = request.Password is { } password ? await passwords.HashAsync(password, cancellationToken) : null,
            MustSetPassword = true,
            CreatedAtMs = rules.Clock.GetUtcNow().ToUnixTimeMilliseconds(),
            CreatedBy = actor.Name,
        };
        return await database.WriteAsync(session => InsertAsync(session, actor, user), cancellationToken);
    }

    private async Task<Outcome<CreatedUser>> InsertAsync(ControlSession session, Actor actor, UserRow user)
    {
        await TenantStore.TakeAsync(session, user.Tenant);
        if (await UserStore.FindByNameAsync(session, user.Tenant, user.Name) is not null)
        {
            return UserRefusals.NameTaken(user.Name);
        }

        if (await UserStore.CountAsync(session, user.Tenant) >= rules.Options.UsersPerTenant)
        {
            return rules.LimitReached("identity.users_per_tenant", "too_many_users", "This tenant has as many users as identity.users_per_tenant allows; delete some.");
        }

        await UserStore.InsertAsync(session, user);
        var link = user.Password is null ? await links.CreateAsync(session, user.Id) : null;
        var created = User.Of(user);
        await audit.RecordAsync(session, actor.Event(IdentityVocabulary.UserCreate, new AuditResource(IdentityVocabulary.User, user.Id, user.Name)).Changed(before: null, created.ToNode()));
        return new CreatedUser(created, link is null ? null : new UserSignInLink(link.Path, link.ExpiresAt));
    }
}
