using Signalbox.Server.Identity.Access;
using Signalbox.Server.Identity.Users;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Identity.Sessions;

/// <summary>Opens sessions, inside the transaction that decides that somebody may have one.</summary>
internal sealed class SessionIssuer(IdentityRules rules, IAuditTrail audit)
{
    /// <param name="user">As it shall be from now on; its password is stored again.</param>
    /// <param name="by">What was shown, for the record: <c>password</c>, <c>link</c>.</param>
    public async Task<OpenedSession> OpenAsync(ControlSession session, UserRow user, string tenant, string by)
    {
        var secret = SessionSecret.Create();
        var now = rules.Clock.GetUtcNow();
        var expiresAt = now + rules.Options.Sessions.Longest;
        await UserStore.SignedInAsync(session, user.Id, user.Password, now.ToUnixTimeMilliseconds());
        await SessionStore.TrimAsync(session, user.Id, rules.Options.Sessions.PerUser - 1);
        await SessionStore.InsertAsync(session, SecretHash.Of(secret), user.Id, tenant, now.ToUnixTimeMilliseconds(), expiresAt.ToUnixTimeMilliseconds());
        var actor = new AuditActor(AuditActor.User, user.Id, user.Name);
        var resource = new AuditResource(IdentityVocabulary.User, user.Id, user.Name);
        await audit.RecordAsync(session, new AuditEvent(user.Tenant, actor, IdentityVocabulary.SessionCreate, resource).With("by", by));
        return new OpenedSession(secret, expiresAt, user, tenant);
    }
}

/// <summary>A session that was just opened; its secret goes into the cookie and nowhere else.</summary>
internal sealed record OpenedSession(string Secret, DateTimeOffset ExpiresAt, UserRow User, string Tenant)
{
    public override string ToString() => $"OpenedSession {{ User = {User.Id} }}";
}
