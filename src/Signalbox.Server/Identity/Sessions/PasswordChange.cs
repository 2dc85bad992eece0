using System.Net;
using Signalbox.Server.Identity.Access;
using Signalbox.Server.Identity.Users;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Identity.Sessions;

/// <summary>Changes a user's own password, and ends every other session of the user.</summary>
internal sealed class PasswordChange(ControlDatabase database, PasswordDesk passwords, SessionIssuer issuer, SignInSlowdown slowdown, IAuditTrail audit)
{
    /// <returns>A new session in place of the one that asked.</returns>
    public async Task<Outcome<OpenedSession>> RunAsync(Actor actor, PasswordRequest request, IPAddress? address, CancellationToken cancellationToken)
    {
        var user = await database.ReadAsync(session => UserStore.FindAsync(session, actor.Caller.Principal.Id), cancellationToken);
        if (user is null)
        {
            return SignInRefusals.Failed;
        }

        if (PasswordRules.Check("newPassword", request.NewPassword, user.Name) is { } refusal)
        {
            return refusal;
        }

        if (user.Password is not null && await CheckCurrentAsync(user, user.Password, request, address, cancellationToken) is { } wrong)
        {
            return wrong;
        }

        var hash = await passwords.HashAsync(request.NewPassword, cancellationToken);
        return await database.WriteAsync<Outcome<OpenedSession>>(
            async session =>
            {
                var current = await UserStore.TakeAsync(session, user.Id);
                if (current is null || current.Disabled || current.Password != user.Password)
                {
                    return Refusal.Conflict("user_changed", "The user was changed meanwhile. Sign in again.");
                }

                var changed = current with { Password = hash, MustSetPassword = false };
                await UserStore.UpdateAsync(session, changed);
                await SessionStore.DeleteOfUserAsync(session, user.Id);
                await SignInLinks.DeleteOfUserAsync(session, user.Id);
                await audit.RecordAsync(session, actor.Event(IdentityVocabulary.UserPassword, new AuditResource(IdentityVocabulary.User, user.Id, user.Name)) with { Tenant = user.Tenant });
                return await issuer.OpenAsync(session, changed, actor.Tenant, "password");
            },
            cancellationToken);
    }

    private async Task<Refusal?> CheckCurrentAsync(UserRow user, string stored, PasswordRequest request, IPAddress? address, CancellationToken cancellationToken)
    {
        if (request.CurrentPassword is not { Length: > 0 and <= PasswordRules.Longest } current)
        {
            return Refusal.Invalid("currentPassword", "The current password is needed to set another.") with { Code = "current_password_wrong" };
        }

        // A session left open on somebody's desk must not allow endless guessing.
        var slowKey = $"{user.Tenant} {user.NameKey}";
        if (slowdown.Begin(slowKey, address) is { } wait)
        {
            return SignInRefusals.Slowed(wait);
        }

        if (await passwords.VerifyAsync(stored, current, cancellationToken) == PasswordVerdict.Wrong)
        {
            return Refusal.Invalid("currentPassword", "The current password is wrong.") with { Code = "current_password_wrong" };
        }

        slowdown.Succeeded(slowKey, address);
        return null;
    }
}
