using Signalbox.Server.Identity.Jwt;
using Signalbox.Settings;
using Xunit;

namespace Signalbox.Server.Tests.Identity.Jwt;

public sealed class JwtOptionsTests
{
    [Fact]
    public void WithoutAnIssuerThereIsNoProvider() => Assert.Null(Read([]).Options);

    [Theory]
    [InlineData("identity.jwt.jwks_url", "https://idp.example.com/jwks", "audience")]
    [InlineData("identity.jwt.audience", "signalbox", "exactly one of jwks_url and metadata_url")]
    public void HalfAProviderIsRefused(string key, string value, string named)
    {
        var (_, errors) = Read(new() { ["identity.jwt.issuer"] = "https://idp.example.com", [key] = value });

        Assert.Contains(errors, error => error.Contains(named, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http://idp.example.com/jwks")]
    [InlineData("ftp://idp.example.com/jwks")]
    [InlineData("jwks")]
    public void KeysComeOverHttpsOrFromThisMachine(string address)
    {
        var (options, errors) = Read(Whole(address));

        Assert.Null(options);
        Assert.Contains(errors, error => error.Contains("write an https address", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://idp.example.com/jwks")]
    [InlineData("http://127.0.0.1:8080/jwks")]
    [InlineData("http://localhost/jwks")]
    public void AWholeProviderIsRead(string address)
    {
        var (options, errors) = Read(Whole(address));

        Assert.Empty(errors);
        Assert.Equal(new Uri(address), options!.Keys);
        Assert.DoesNotContain("HS256", options.Algorithms);
        Assert.DoesNotContain("none", options.Algorithms);
    }

    [Theory]
    [InlineData("HS256")]
    [InlineData("none")]
    public void SharedSecretsAndNoSignatureAreNotOnOffer(string algorithm)
    {
        var settings = Whole("https://idp.example.com/jwks");
        settings["identity.jwt.algorithms"] = algorithm;

        Assert.Contains(Read(settings).Errors, error => error.Contains(algorithm, StringComparison.Ordinal));
    }

    private static Dictionary<string, string> Whole(string address) => new(StringComparer.Ordinal)
    {
        ["identity.jwt.issuer"] = "https://idp.example.com",
        ["identity.jwt.audience"] = "signalbox",
        ["identity.jwt.jwks_url"] = address,
    };

    private static (JwtOptions? Options, List<string> Errors) Read(Dictionary<string, string> flags)
    {
        var settings = new SettingsReader(new SettingsSources(flags, new Dictionary<string, string>(StringComparer.Ordinal), null));
        var options = JwtOptions.Read(settings);
        return (options, [.. settings.Errors.Select(static error => error.ToString())]);
    }
}
