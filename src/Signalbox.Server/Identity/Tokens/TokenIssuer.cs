using Signalbox.Server.Identity.Access;
using Signalbox.Server.Identity.Tenants;
using Signalbox.Server.Platform.Access;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Identity.Tokens;

/// <summary>Issues and revokes API tokens.</summary>
internal sealed class TokenIssuer(ControlDatabase database, IdentityRules rules, TenantDirectory tenants, TokenCache cache, IAuditTrail audit)
{
    public async Task<Outcome<CreatedApiToken>> CreateAsync(Actor actor, CreateApiToken request, CancellationToken cancellationToken)
    {
        var now = rules.Clock.GetUtcNow();
        var refusal = RequestText.CheckName("name", request.Name);
        refusal ??= RequestText.CheckScopes(request.Scopes) ?? RequestText.CheckTenants(request.Tenants, tenants);
        var badRole = RequestText.CheckRole(request.Role, out var role);
        var badExpiry = RequestText.CheckExpiry(request.ExpiresIn, request.ExpiresAt, now, out var expiry);
        var span = TenantSpan.Of(actor.Tenant, request.Tenants);
        refusal ??= badRole ?? badExpiry ?? Grants.CheckToken(actor.Caller, role, request.Scopes, span, expiry);
        if (refusal is not null)
        {
            return refusal;
        }

        var secret = TokenSecret.Create();
        var row = new TokenRow
        {
            Id = rules.NewId(),
            Tenant = actor.Tenant,
            Name = request.Name,
            Prefix = secret[..TokenSecret.ShownLength],
            Role = Roles.NameOf(role),
            Scopes = request.Scopes is null ? null : string.Join(' ', request.Scopes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)),
            Tenants = span.ToColumn(),
            CreatedAtMs = now.ToUnixTimeMilliseconds(),
            CreatedBy = actor.Name,
            ExpiresAtMs = expiry?.ToUnixTimeMilliseconds(),
        };
        return await database.WriteAsync<Outcome<CreatedApiToken>>(session => InsertAsync(session, actor, row, secret), cancellationToken);
    }

    /// <summary>Ends a token at once; revoking it again changes nothing.</summary>
    public async Task<Outcome<ApiToken>> RevokeAsync(Actor actor, string id, CancellationToken cancellationToken)
    {
        var outcome = await database.WriteAsync<Outcome<ApiToken>>(
            async session =>
            {
                if (await TokenStore.FindAsync(session, actor.Tenant, id) is not { } row)
                {
                    return Refusal.NotFound("token_not_found", "There is no such token in this tenant.");
                }

                if (row.RevokedAtMs is null && await TokenStore.RevokeAsync(session, id, rules.Clock.GetUtcNow().ToUnixTimeMilliseconds()) == 1)
                {
                    await audit.RecordAsync(session, actor.Event("token.revoke", new AuditResource("token", id, row.Name)));
                    session.OnCommitted(() => cache.Remove(id));
                }

                return ApiToken.Of(row);
            },
            cancellationToken);
        return outcome;
    }

    private async Task<Outcome<CreatedApiToken>> InsertAsync(ControlSession session, Actor actor, TokenRow row, string secret)
    {
        await TenantStore.TakeAsync(session, row.Tenant);
        if (await TokenStore.CountUsableAsync(session, row.Tenant) >= rules.Options.TokensPerTenant)
        {
            return rules.LimitReached("identity.tokens_per_tenant", "too_many_tokens", "This tenant has as many tokens as identity.tokens_per_tenant allows; revoke some.");
        }

        await TokenStore.InsertAsync(session, row, SecretHash.Of(secret));
        await audit.RecordAsync(session, actor.Event(
            "token.create",
            new AuditResource("token", row.Id, row.Name),
            new AuditChange("role", null, row.Role),
            new AuditChange("scopes", null, row.Scopes),
            new AuditChange("tenants", null, row.Tenants)));
        return new CreatedApiToken(ApiToken.Of(row), secret);
    }
}
