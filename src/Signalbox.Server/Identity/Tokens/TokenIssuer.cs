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

                var now = rules.Clock.GetUtcNow().ToUnixTimeMilliseconds();
                if (row.RevokedAtMs is null && await TokenStore.RevokeAsync(session, id, now) == 1)
                {
                    var resource = new AuditResource(IdentityVocabulary.Token, id, row.Name);
                    await audit.RecordAsync(session, actor.Event(IdentityVocabulary.TokenRevoke, resource).Changed(ApiToken.Of(row).ToNode(), ApiToken.Of(row with { RevokedAtMs = now }).ToNode()));
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
        var token = ApiToken.Of(row);
        await audit.RecordAsync(session, actor.Event(IdentityVocabulary.TokenCreate, new AuditResource(IdentityVocabulary.Token, row.Id, row.Name)).Changed(before: null, token.ToNode()));
        return new CreatedApiToken(token, secret);
    }
}
