using Signalbox.Server.Identity.Access;
using Signalbox.Server.Platform.Access;
using Signalbox.Server.Platform.Control;
using Signalbox.Telemetry;

namespace Signalbox.Server.Identity.Tokens;

/// <summary>Recognises API tokens.</summary>
internal sealed class TokenAuthenticator(ControlDatabase database, TokenCache cache, TokenUse use, TimeProvider clock)
{
    /// <summary>On a database that other instances share, a kept token is read again after this time …</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    /// <summary>… and not accepted unread after this one, so that what was revoked elsewhere stops working here.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private static readonly Authentication.Refused Unknown = Authentication.Unknown("token_unknown", "This token is not known here. Check that it was copied whole and belongs to this server.");
    private static readonly Authentication.Refused Revoked = Authentication.Unknown("token_revoked", "This token was revoked.");

    public ValueTask<Authentication> AuthenticateAsync(string token, CancellationToken cancellationToken)
    {
        if (!TokenSecret.LooksLikeOne(token))
        {
            return new(Unknown);
        }

        var hash = SecretHash.Of(token);
        return cache.Find(hash) switch
        {
            null => LookUpAsync(token, hash, known: null, cancellationToken),
            var cached when MustReread(cached) => LookUpAsync(token, hash, cached, cancellationToken),
            var cached => new(Accept(cached)),
        };
    }

    private bool MustReread(CachedToken cached)
    {
        if (!database.IsShared)
        {
            return false;
        }

        var age = clock.GetElapsedTime(cached.ReadAt);
        return age > Longest || (age > Fresh && cached.TryReread());
    }

    /// <param name="known">What is kept of the token and has to be read again; null when nothing is.</param>
    private async ValueTask<Authentication> LookUpAsync(string token, SecretHash hash, CachedToken? known, CancellationToken cancellationToken)
    {
        if (!TokenSecret.IsWellFormed(token))
        {
            return Unknown;
        }

        var generation = cache.Generation;
        var readAt = clock.GetTimestamp();
        var row = await database.ReadAsync(session => TokenStore.FindByHashAsync(session, hash), cancellationToken);
        if (row is null or { RevokedAtMs: not null })
        {
            if (known is not null)
            {
                cache.Remove(known.Id);
            }

            return row is null ? Unknown : Revoked;
        }

        var cached = new CachedToken(new Authentication.Known(CallerOf(row)), Math.Max(row.LastUsedAtMs ?? 0, known?.LastUsedAtMs ?? 0), readAt);
        cache.Add(hash, cached, generation);
        return Accept(cached);
    }

    private Authentication Accept(CachedToken cached)
    {
        if (cached.Known.Caller.ExpiresAt is { } expiry && expiry <= clock.GetUtcNow())
        {
            return Authentication.Unknown("token_expired", $"This token expired on {expiry.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z.");
        }

        use.Note(cached);
        return cached.Known;
    }

    private static Caller CallerOf(TokenRow row)
    {
        var scopes = row.Scopes?.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        var role = Roles.TryParse(row.Role, out var known) ? known : throw new InvalidOperationException($"Token {row.Id} has the unknown role {row.Role}.");
        return new Caller(
            new Principal(PrincipalKind.Token, row.Id, row.Name, new TenantId(row.Tenant), role, scopes) { OwnsServer = row.Tenant == TenantId.Default.Value },
            row.Tenant,
            TenantSpan.FromColumn(row.Tenant, row.Tenants),
            row.ExpiresAtMs is { } expiry ? DateTimeOffset.FromUnixTimeMilliseconds(expiry) : null);
    }
}
