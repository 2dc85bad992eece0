using System.Net;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Server.Tests.Identity.Jwt;

public sealed class JwtTests : IAsyncDisposable
{
    private const string Issuer = "https://login.example.com";
    private const string Audience = "signalbox";

    private readonly FakeClock _clock = new();
    private readonly RSA _rsa = RSA.Create(2048);
    private readonly KeyServer _keys = KeyServer.Start();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ATokenOfTheProviderActsInTheRoleItsClaimMeans()
    {
        _keys.Publish(Key("k1"));
        await using var server = await StartAsync();
        using var client = server.Client(Sign("k1", Claims()));

        var tokens = await client.JsonAsync(HttpMethod.Get, "/api/v1/tokens");

        Assert.NotEmpty(tokens["items"]!.AsArray());
        var created = await client.JsonAsync(HttpMethod.Post, "/api/v1/tokens", """{"name":"from-jwt","role":"viewer"}""", HttpStatusCode.Created);
        Assert.Equal("jane", (string?)created["token"]!["createdBy"]);
    }

    [Fact]
    public async Task KeysAreFoundThroughMetadataToo()
    {
        _keys.Publish(Key("k1"));
        await using var server = await StartAsync(metadata: true);
        using var client = server.Client(Sign("k1", Claims()));

        await client.JsonAsync(HttpMethod.Get, "/api/v1/tokens");
    }

    [Fact]
    public async Task ANewKeyIsFetchedWhenATokenNamesIt()
    {
        _keys.Publish(Key("k1"));
        await using var server = await StartAsync();
        using var first = server.Client(Sign("k1", Claims()));
        await first.JsonAsync(HttpMethod.Get, "/api/v1/tokens");

        _keys.Publish(Key("k1"), Key("k2"));
        using var second = server.Client(Sign("k2", Claims()));
        await second.JsonAsync(HttpMethod.Get, "/api/v1/tokens");
    }

    [Theory]
    [InlineData("iss", "https://evil.example.com", "token_unknown", HttpStatusCode.Unauthorized)]
    [InlineData("aud", "another-program", "token_invalid", HttpStatusCode.Unauthorized)]
    [InlineData("groups", "cleaners", "no_role", HttpStatusCode.Forbidden)]
    [InlineData("org", "nowhere", "tenant_not_allowed", HttpStatusCode.Forbidden)]
    [InlineData("groups", "developers", "role_missing", HttpStatusCode.Forbidden)]
    public async Task AClaimThatDoesNotHoldIsRefused(string claim, string value, string code, HttpStatusCode status)
    {
        _keys.Publish(Key("k1"));
        await using var server = await StartAsync();
        var claims = Claims();
        claims[claim] = value;
        using var client = server.Client(Sign("k1", claims));

        using var response = await client.GetAsync("/api/v1/tokens", Cancel);

        await response.ProblemAsync(code, status);
    }

    [Fact]
    public async Task ATokenHoldsFromItsBeginningToItsEnd()
    {
        _keys.Publish(Key("k1"));
        await using var server = await StartAsync();
        var claims = Claims();
        claims["nbf"] = _clock.GetUtcNow().AddMinutes(10).ToUnixTimeSeconds();
        using var client = server.Client(Sign("k1", claims));

        using var early = await client.GetAsync("/api/v1/tokens", Cancel);
        await early.ProblemAsync("token_expired", HttpStatusCode.Unauthorized);
        _clock.Advance(TimeSpan.FromMinutes(10));
        await client.JsonAsync(HttpMethod.Get, "/api/v1/tokens");
        _clock.Advance(TimeSpan.FromHours(1));
        using var late = await client.GetAsync("/api/v1/tokens", Cancel);
        await late.ProblemAsync("token_expired", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task OnlySignaturesByTheProvidersKeyCount()
    {
        _keys.Publish(Key("k1"));
        await using var server = await StartAsync();
        using var otherRsa = RSA.Create(2048);
        var good = Sign("k1", Claims()).Split('.');
        var unsigned = Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""") + "." + good[1] + ".";
        var withPublicKeyAsPassword = Describe(new SigningCredentials(new SymmetricSecurityKey(_rsa.ExportSubjectPublicKeyInfo()) { KeyId = "k1" }, "HS256"), Claims());
        var byAnother = Describe(new SigningCredentials(new RsaSecurityKey(otherRsa) { KeyId = "k1" }, "RS256"), Claims());

        foreach (var token in new[] { unsigned, withPublicKeyAsPassword, byAnother, good[0] + "." + good[1] + ".AAAA", "a.b.c", good[0] + ".e30." + good[2] })
        {
            using var client = server.Client(token);
            using var response = await client.GetAsync("/api/v1/tokens", Cancel);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }
    }

    [Fact]
    public async Task AProviderThatDoesNotAnswerIsSaidToBeAway()
    {
        _keys.Fail();
        await using var server = await StartAsync();
        using var client = server.Client(Sign("k1", Claims()));

        using var response = await client.GetAsync("/api/v1/tokens", Cancel);

        await response.ProblemAsync("identity_provider_unavailable", HttpStatusCode.ServiceUnavailable);
    }

    public async ValueTask DisposeAsync()
    {
        await _keys.DisposeAsync();
        _rsa.Dispose();
    }

    private Task<TestServer> StartAsync(bool metadata = false)
    {
        var file = Path.Combine(_keys.Folder, "signalbox.yaml");
        File.WriteAllText(
            file,
            $$"""
            identity:
              jwt:
                issuer: {{Issuer}}
                audience: {{Audience}}
                {{(metadata ? "metadata_url" : "jwks_url")}}: {{new Uri(_keys.Address, metadata ? "/.well-known/openid-configuration" : "/jwks")}}
                tenant_claim: org
                role_claim: groups
                role_map: { sre: admin, developers: operator }
            """);
        return TestServer.StartAsync(Cancel, new TestServerSetup { Clock = _clock, ConfigurationFile = file });
    }

    private Dictionary<string, object> Claims() => new(StringComparer.Ordinal)
    {
        ["iss"] = Issuer,
        ["aud"] = Audience,
        ["sub"] = "u-17",
        ["preferred_username"] = "jane",
        ["groups"] = new[] { "developers", "sre" },
        ["org"] = "default",
        ["exp"] = _clock.GetUtcNow().AddHours(1).ToUnixTimeSeconds(),
    };

    private string Sign(string keyId, Dictionary<string, object> claims) => Describe(new SigningCredentials(new RsaSecurityKey(_rsa) { KeyId = keyId }, "RS256"), claims);

    private static string Describe(SigningCredentials credentials, Dictionary<string, object> claims) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor { Claims = claims, SigningCredentials = credentials });

    private string Key(string keyId)
    {
        var parameters = _rsa.ExportParameters(includePrivateParameters: false);
        return $$"""{"kty":"RSA","use":"sig","alg":"RS256","kid":"{{keyId}}","n":"{{Base64UrlEncoder.Encode(parameters.Modulus)}}","e":"{{Base64UrlEncoder.Encode(parameters.Exponent)}}"}""";
    }
}
