using System.Data.Common;
using Signalbox.Server.Identity.Access;
using Signalbox.Server.Platform.Access;
using Signalbox.Server.Platform.Control;
using Signalbox.Telemetry;

namespace Signalbox.Server.Identity.Sessions;

/// <summary>Recognises console sessions.</summary>
internal sealed class SessionAuthenticator(ControlDatabase database, IdentityRules rules, ILogger<SessionAuthenticator> logger)
{
    // Fine enough for an idle time of minutes, and a session costs one write a minute at most.
    private static readonly long SeenEveryMs = (long)TimeSpan.FromMinutes(1).TotalMilliseconds;

    private static readonly Authentication.Refused Ended = Authentication.Unknown("session_expired", "This session has ended. Sign in again.");

    /// <param name="noteUse">Whether this counts as use, which puts the session's idle end off.</param>
    public async ValueTask<Authentication> AuthenticateAsync(string secret, bool noteUse, CancellationToken cancellationToken)
    {
        if (!SessionSecret.LooksLikeOne(secret))
        {
            return Ended;
        }

        var key = SessionSecret.KeyOf(secret);
        var row = await database.ReadAsync(session => SessionStore.FindAsync(session, key.Hash), cancellationToken);
        var now = rules.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        if (row is null || row.Disabled || row.ExpiresAtMs <= now || row.LastSeenAtMs + (long)rules.Options.Sessions.Idle.TotalMilliseconds <= now)
        {
            return Ended;
        }

        if (noteUse && now - row.LastSeenAtMs >= SeenEveryMs)
        {
            await NoteSeenAsync(key.Hash, now, cancellationToken);
        }

        return new Authentication.Known(CallerOf(row, key));
    }

    private async Task NoteSeenAsync(SecretHash hash, long now, CancellationToken cancellationToken)
    {
        try
        {
            await database.RunAsync(session => SessionStore.SeenAsync(session, hash, now), cancellationToken);
        }
        catch (Exception exception) when (exception is ControlBusyException or ControlUnavailableException or DbException)
        {
            // On a full disk above all, people must still be able to look; the next request tries again.
            logger.SessionUseNotWritten(exception);
        }
    }

    private static Caller CallerOf(SessionRow row, SessionKey key)
    {
        var span = TenantSpan.FromColumn(row.Home, row.Tenants);
        var tenant = span.Includes(row.Tenant) ? row.Tenant : row.Home;
        var role = Roles.TryParse(row.Role, out var known) ? known : throw new InvalidOperationException($"User {row.UserId} has the unknown role {row.Role}.");
        return new Caller(
            new Principal(PrincipalKind.User, row.UserId, row.UserName, new TenantId(tenant), role, Scopes: null) { OwnsServer = row.Home == TenantId.Default.Value },
            row.Home,
            span,
            DateTimeOffset.FromUnixTimeMilliseconds(row.ExpiresAtMs))
        {
            Session = key,
        };
    }
}
