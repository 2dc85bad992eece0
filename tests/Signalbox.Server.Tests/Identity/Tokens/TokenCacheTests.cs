using Microsoft.Extensions.DependencyInjection;
using Signalbox.Server.Identity;
using Signalbox.Server.Identity.Access;
using Signalbox.Server.Identity.Tokens;
using Signalbox.Server.Platform.Access;
using Signalbox.Settings;
using Signalbox.Telemetry;
using Xunit;

namespace Signalbox.Server.Tests.Identity.Tokens;

public sealed class TokenCacheTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().AddSingleton<IdentityMetrics>().BuildServiceProvider();

    [Fact]
    public void ALookUpThatBeganBeforeARevocationPutsNothingBack()
    {
        var cache = Create();
        var hash = SecretHash.Of("one");
        var generation = cache.Generation;

        cache.Remove("id-of-one");
        cache.Add(hash, Token("id-of-one"), generation);

        Assert.Null(cache.Find(hash));
    }

    [Fact]
    public void RemovingOneLeavesTheOthers()
    {
        var cache = Create();
        cache.Add(SecretHash.Of("one"), Token("1"), cache.Generation);
        cache.Add(SecretHash.Of("two"), Token("2"), cache.Generation);

        cache.Remove("1");

        Assert.Null(cache.Find(SecretHash.Of("one")));
        Assert.Equal("2", cache.Find(SecretHash.Of("two"))!.Id);
    }

    [Fact]
    public void HoldsNoMoreThanItsBound()
    {
        var cache = Create();
        var hashes = Enumerable.Range(0, 1000).Select(static number => SecretHash.Of($"token {number}")).ToList();
        foreach (var hash in hashes)
        {
            cache.Add(hash, Token("x"), cache.Generation);
        }

        Assert.InRange(hashes.Count(hash => cache.Find(hash) is not null), 1, 16);
        Assert.NotNull(cache.Find(hashes[^1]));
    }

    public void Dispose() => _services.Dispose();

    private static CachedToken Token(string id) => new(
        new Authentication.Known(new Caller(
            new Principal(PrincipalKind.Token, id, id, TenantId.Default, Role.Viewer, null), "default", TenantSpan.Of("default", null), ExpiresAt: null)),
        lastUsedAtMs: 0,
        readAt: 0);

    private TokenCache Create()
    {
        var nothing = new Dictionary<string, string>(StringComparer.Ordinal);
        var flags = new Dictionary<string, string>(StringComparer.Ordinal) { ["identity.token_cache"] = "16" };
        return new TokenCache(IdentityOptions.Read(new SettingsReader(new SettingsSources(flags, nothing, null))), _services.GetRequiredService<IdentityMetrics>());
    }
}
