using Signalbox.Server.Platform.Audit;

namespace Signalbox.Server.Identity;

/// <summary>What this slice records: everything that decides who may do what, so all of it is mandatory.</summary>
internal sealed class IdentityVocabulary : IAuditVocabulary
{
    public static AuditAction SessionCreate { get; } = new("session.create", AuditClass.Mandatory, AuditActivity.Create, "Signed in");

    public static AuditAction SessionDelete { get; } = new("session.delete", AuditClass.Mandatory, AuditActivity.Delete, "Signed out");

    public static AuditAction SessionTenant { get; } = new("session.choose_tenant", AuditClass.Mandatory, AuditActivity.Update, "Chose the tenant that a session shows");

    public static AuditAction LinkCreate { get; } = new("sign_in_link.create", AuditClass.Mandatory, AuditActivity.Create, "Made a one-time sign-in link");

    public static AuditAction TokenCreate { get; } = new("token.create", AuditClass.Mandatory, AuditActivity.Create, "Created an API token");

    public static AuditAction TokenRevoke { get; } = new("token.revoke", AuditClass.Mandatory, AuditActivity.Delete, "Revoked an API token");

    public static AuditAction UserCreate { get; } = new("user.create", AuditClass.Mandatory, AuditActivity.Create, "Created a user");

    public static AuditAction UserUpdate { get; } = new("user.update", AuditClass.Mandatory, AuditActivity.Update, "Changed a user");

    public static AuditAction UserDelete { get; } = new("user.delete", AuditClass.Mandatory, AuditActivity.Delete, "Deleted a user");

    public static AuditAction UserPassword { get; } = new("user.change_password", AuditClass.Mandatory, AuditActivity.Update, "Changed one's own password");

    public static AuditAction TenantCreate { get; } = new("tenant.create", AuditClass.Mandatory, AuditActivity.Create, "Created a tenant");

    public static AuditResourceType Session { get; } = new("session", "A console session");

    public static AuditResourceType Token { get; } = new("token", "An API token");

    public static AuditResourceType User { get; } = new("user", "A user");

    public static AuditResourceType Tenant { get; } = new("tenant", "A tenant");

    public IReadOnlyList<AuditAction> Actions { get; } =
        [SessionCreate, SessionDelete, SessionTenant, LinkCreate, TokenCreate, TokenRevoke, UserCreate, UserUpdate, UserDelete, UserPassword, TenantCreate];

    public IReadOnlyList<AuditResourceType> ResourceTypes { get; } = [Session, Token, User, Tenant];
}
