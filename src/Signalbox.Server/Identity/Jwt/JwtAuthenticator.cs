using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Signalbox.Server.Identity.Access;
using Signalbox.Server.Identity.Tenants;
using Signalbox.Server.Platform.Access;
using Signalbox.Telemetry;

namespace Signalbox.Server.Identity.Jwt;

/// <summary>Recognises tokens of the company's identity provider.</summary>
/// <remarks>Source: https://www.rfc-editor.org/rfc/rfc8725</remarks>
internal sealed class JwtAuthenticator(JwtOptions options, JwtKeys keys, TenantDirectory tenants, TimeProvider clock, ILogger<JwtAuthenticator> logger)
{
    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };

    public static bool LooksLikeOne(string token) => token.Count(static character => character == '.') == 2;

    public async ValueTask<Authentication> AuthenticateAsync(string text, CancellationToken cancellationToken)
    {
        // What claims another issuer is refused before the provider is asked for keys.
        if (!_handler.CanReadToken(text) || !TryRead(text, out var unverified) || unverified.Issuer != options.Issuer)
        {
            return Authentication.Unknown("token_unknown", "This token was not issued by the identity provider that this server is set up for.");
        }

        try
        {
            await keys.Manager.GetConfigurationAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException or HttpRequestException)
        {
            logger.KeysUnavailable(options.Keys, exception);
            return new Authentication.Refused(
                StatusCodes.Status503ServiceUnavailable, "identity_provider_unavailable", "Unavailable", "The identity provider's keys cannot be read, so its tokens cannot be checked. Try again, or use an API token.");
        }

        var result = await _handler.ValidateTokenAsync(text, Parameters());
        return result.IsValid ? Accept((JsonWebToken)result.SecurityToken) : Refuse(result.Exception);
    }

    private bool TryRead(string text, out JsonWebToken token)
    {
        try
        {
            token = _handler.ReadJsonWebToken(text);
            return true;
        }
        catch (Exception exception) when (exception is ArgumentException or SecurityTokenException or FormatException)
        {
            // The parts are there but do not hold JSON; the caller refuses it as unknown.
            token = null!;
            return false;
        }
    }

    private TokenValidationParameters Parameters() => new()
    {
        ConfigurationManager = keys.Manager,
        ValidAlgorithms = options.Algorithms,
        ValidAudience = options.Audience,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        ValidateIssuerSigningKey = true,
        IssuerValidator = (issuer, _, _) => issuer == options.Issuer ? issuer : throw new SecurityTokenInvalidIssuerException("The issuer is another one."),
        LifetimeValidator = (notBefore, expires, _, _) => IsAlive(notBefore, expires),
    };

    private bool IsAlive(DateTime? notBefore, DateTime? expires)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return expires is { } end && now < end + options.ClockSkew && (notBefore is not { } start || now >= start - options.ClockSkew);
    }

    private Authentication Accept(JsonWebToken token)
    {
        if (string.IsNullOrEmpty(token.Subject))
        {
            return Authentication.Unknown("token_invalid", "The token names no subject (sub).");
        }

        using var payload = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(token.EncodedPayload));
        var claims = payload.RootElement;
        var named = options.TenantClaim is { } claim ? JwtClaims.Texts(claims, claim) : [TenantId.Default.Value];
        var known = named.Where(tenants.Exists).ToList();
        if (known.Count == 0)
        {
            return Authentication.Forbidden("tenant_not_allowed", $"The token's claim {options.TenantClaim} names no tenant of this server.");
        }

        if (JwtClaims.RoleOf(JwtClaims.Texts(claims, options.RoleClaim), options) is not { } role)
        {
            return Authentication.Forbidden("no_role", $"The token's claim {options.RoleClaim} gives no role here.");
        }

        return new Authentication.Known(new Caller(
            new Principal(PrincipalKind.ExternalUser, token.Subject, JwtClaims.NameOf(claims, token.Subject), new TenantId(known[0]), role, Scopes: null) { OwnsServer = known[0] == TenantId.Default.Value },
            known[0],
            TenantSpan.Of(known[0], known),
            new DateTimeOffset(token.ValidTo, TimeSpan.Zero)));
    }

    private Authentication.Refused Refuse(Exception exception)
    {
        logger.JwtRefused(exception.GetType().Name);
        return exception switch
        {
            SecurityTokenInvalidLifetimeException or SecurityTokenExpiredException or SecurityTokenNotYetValidException => Authentication.Unknown("token_expired", "This token has expired or is not valid yet."),
            SecurityTokenInvalidAudienceException => Authentication.Unknown("token_invalid", "This token was made for another program: its audience is not ours."),
            _ => Authentication.Unknown("token_invalid", "This token's signature cannot be verified."),
        };
    }
}
