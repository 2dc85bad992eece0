using Microsoft.Extensions.DependencyInjection;
using Signalbox.Server.Identity;
using Signalbox.Server.Identity.Access;
using Signalbox.Server.Identity.Sessions;
using Signalbox.Server.Identity.Tenants;
using Signalbox.Server.Identity.Tokens;
using Signalbox.Server.Identity.Users;
using Signalbox.Server.Platform.Control;
using Signalbox.Settings;
using Signalbox.Server.Tests.Platform.Control.Conformance;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.Server.Tests.Identity.Shared;

/// <summary>What the tables of tenants, users, sessions, links and tokens must do, whatever database holds them.</summary>
public abstract class IdentityStoreConformance : IAsyncLifetime
{
    private readonly SharedDatabases _databases;
    private readonly ControlEngine _engine;
    private readonly FakeClock _clock = new();
    private ControlUnderTest? _place;
    private ControlDatabase? _database;

    private protected IdentityStoreConformance(SharedDatabases databases, ControlEngine engine)
    {
        _databases = databases;
        _engine = engine;
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ControlDatabase Database => _database!;

    private long Now => _clock.GetUtcNow().ToUnixTimeMilliseconds();

    public async ValueTask InitializeAsync()
    {
        _place = await ControlUnderTest.CreateAsync(_databases, _engine, Cancel);
        _database = _place.Open(_place.Options, [new IdentityMigrations()]);
        await Database.WriteAsync(session => TenantStore.InsertAsync(session, Tenant("default")), Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        if (_place is not null)
        {
            await _place.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task ATenantIsMadeOnce()
    {
        Assert.True(await Database.WriteAsync(session => TenantStore.TryInsertAsync(session, Tenant("blue")), Cancel));
        Assert.False(await Database.WriteAsync(session => TenantStore.TryInsertAsync(session, Tenant("blue")), Cancel));

        Assert.Equal(["blue", "default"], (await Database.ReadAsync(TenantStore.ListAsync, Cancel)).Select(static tenant => tenant.Name));
    }

    [Fact]
    public async Task TokensArePagedFromTheNewest()
    {
        foreach (var id in new[] { "a", "b", "c" })
        {
            await AddTokenAsync(id);
        }

        var first = await Database.ReadAsync(static session => TokenStore.ListAsync(session, "default", after: null, limit: 2), Cancel);
        var second = await Database.ReadAsync(static session => TokenStore.ListAsync(session, "default", after: "b", limit: 2), Cancel);

        Assert.Equal(["c", "b"], first.Select(static token => token.Id));
        Assert.Equal(["a"], second.Select(static token => token.Id));
    }

    [Fact]
    public async Task ATokenIsFoundByItsHashAndRevokedOnce()
    {
        await AddTokenAsync("a");

        var found = await Database.ReadAsync(static session => TokenStore.FindByHashAsync(session, SecretHash.Of("secret of a")), Cancel);
        Assert.Equal("a", found!.Id);
        Assert.Null(found.RevokedAtMs);
        Assert.Equal(1, await Database.ReadAsync(static session => TokenStore.CountUsableAsync(session, "default"), Cancel));

        Assert.Equal(1, await Database.WriteAsync(session => TokenStore.RevokeAsync(session, "a", Now), Cancel));
        Assert.Equal(0, await Database.WriteAsync(session => TokenStore.RevokeAsync(session, "a", Now + 1), Cancel));
        Assert.Equal(Now, (await FindTokenAsync("a")).RevokedAtMs);
        Assert.Equal(0, await Database.ReadAsync(static session => TokenStore.CountUsableAsync(session, "default"), Cancel));
    }

    [Fact]
    public async Task TheLastUseOfATokenNeverGoesBack()
    {
        await AddTokenAsync("a");

        await Database.WriteAsync(static session => TokenStore.UsedAsync(session, "a", 2000), Cancel);
        await Database.WriteAsync(static session => TokenStore.UsedAsync(session, "a", 1000), Cancel);

        Assert.Equal(2000, (await FindTokenAsync("a")).LastUsedAtMs);
    }

    [Fact]
    public async Task TwoTokensCannotHaveOneSecret()
    {
        await AddTokenAsync("a");

        var exception = await Assert.ThrowsAnyAsync<Exception>(() => AddTokenAsync("b", "secret of a"));

        Assert.True(Database.Dialect.IsUniqueViolation(exception));
    }

    [Fact]
    public async Task AUserIsFoundByNameWhateverTheCaseAndHasItOnce()
    {
        await AddUserAsync("1", "Zoë");

        Assert.Equal("1", (await Database.ReadAsync(static session => UserStore.FindByNameAsync(session, "default", "ZOË"), Cancel))!.Id);
        Assert.Null(await Database.ReadAsync(static session => UserStore.FindByNameAsync(session, "default", "Zoe"), Cancel));
        Assert.True(Database.Dialect.IsUniqueViolation(await Assert.ThrowsAnyAsync<Exception>(() => AddUserAsync("2", "zoë"))));
    }

    [Fact]
    public async Task AUserComesBackAsItWasChanged()
    {
        var user = await AddUserAsync("1", "Ann");
        var changed = user with { Name = "Anne", NameKey = "anne", Role = "viewer", Tenants = null, Password = "hash", MustSetPassword = false, Disabled = true };

        await Database.WriteAsync(
            async session =>
            {
                Assert.Equal(user, await UserStore.TakeAsync(session, "default", "1"));
                await UserStore.UpdateAsync(session, changed);
                Assert.Equal(changed, await UserStore.TakeAsync(session, "1"));
            },
            Cancel);

        Assert.Equal(changed, await Database.ReadAsync(static session => UserStore.FindAsync(session, "1"), Cancel));
        Assert.Null(await Database.ReadAsync(static session => UserStore.FindAsync(session, "blue", "1"), Cancel));
    }

    [Fact]
    public async Task OtherAdminsAreCountedWithTheirReach()
    {
        await AddUserAsync("1", "one");
        await AddUserAsync("2", "two");
        await AddUserAsync("3", "three", tenants: "*");
        await Database.WriteAsync(static async session => await UserStore.UpdateAsync(session, (await UserStore.FindAsync(session, "2"))! with { Disabled = true }), Cancel);

        Assert.Equal(1, await Database.ReadAsync(static session => UserStore.CountOtherAdminsAsync(session, "default", "1", spanning: false), Cancel));
        Assert.Equal(1, await Database.ReadAsync(static session => UserStore.CountOtherAdminsAsync(session, "default", "1", spanning: true), Cancel));
        Assert.Equal(1, await Database.ReadAsync(static session => UserStore.CountOtherAdminsAsync(session, "default", "3", spanning: false), Cancel));
        Assert.Equal(0, await Database.ReadAsync(static session => UserStore.CountOtherAdminsAsync(session, "default", "3", spanning: true), Cancel));
    }

    [Fact]
    public async Task TheStartLinkIsForTheFirstAdminAsLongAsNobodyHasAPassword()
    {
        await AddUserAsync("2", "two");
        await AddUserAsync("1", "one");
        Assert.Equal("1", (await Database.ReadAsync(UserStore.FindForStartLinkAsync, Cancel))!.Id);

        await Database.WriteAsync(session => UserStore.SignedInAsync(session, "2", "hash", Now), Cancel);

        Assert.Null(await Database.ReadAsync(UserStore.FindForStartLinkAsync, Cancel));
    }

    [Fact]
    public async Task UsersAreListedWithTheirLastRequest()
    {
        await AddUserAsync("1", "one");
        await AddUserAsync("2", "two");
        await AddSessionAsync("s1", "2", 1000);
        await AddSessionAsync("s2", "2", 3000);

        var users = await Database.ReadAsync(static session => UserStore.ListAsync(session, "default", after: null, limit: 10), Cancel);
        var rest = await Database.ReadAsync(static session => UserStore.ListAsync(session, "default", after: "1", limit: 10), Cancel);

        Assert.Equal([null, 3000L], users.Select(static user => user.LastSeenAtMs));
        Assert.Equal("2", Assert.Single(rest).Id);
    }

    [Fact]
    public async Task ASessionKnowsItsUser()
    {
        await AddUserAsync("1", "one", tenants: "*");
        await AddSessionAsync("s", "1", 1000);
        var hash = SecretHash.Of("s");

        await Database.RunAsync(session => SessionStore.SeenAsync(session, hash, 5000), Cancel);
        await Database.RunAsync(session => SessionStore.SeenAsync(session, hash, 4000), Cancel);
        await Database.WriteAsync(session => SessionStore.ChooseTenantAsync(session, hash, "blue"), Cancel);

        var row = await Database.ReadAsync(session => SessionStore.FindAsync(session, hash), Cancel);
        Assert.Equal(
            new SessionRow { UserId = "1", UserName = "one", Tenant = "blue", Home = "default", Role = "admin", Tenants = "*", MustSetPassword = true, LastSeenAtMs = 5000, ExpiresAtMs = 1_000_000 },
            row);
    }

    [Fact]
    public async Task TheSessionsUnusedLongestEndFirst()
    {
        await AddUserAsync("1", "one");
        for (var seen = 1; seen <= 5; seen++)
        {
            await AddSessionAsync($"s{seen}", "1", seen);
        }

        await Database.WriteAsync(static session => SessionStore.TrimAsync(session, "1", keep: 2), Cancel);

        Assert.Equal([4L, 5L], await Database.ReadAsync(static session => session.ListAsync<long>("SELECT last_seen_at_ms FROM sessions ORDER BY last_seen_at_ms"), Cancel));
    }

    [Fact]
    public async Task EndedSessionsAreDeletedAndCounted()
    {
        await AddUserAsync("1", "one");
        await AddSessionAsync("idle", "1", 1000);
        await AddSessionAsync("busy", "1", 2000);

        Assert.Equal(1, await Database.WriteAsync(static session => SessionStore.DeleteEndedAsync(session, nowMs: 3000, idleSinceMs: 1500), Cancel));
        Assert.Equal(1, await Database.WriteAsync(static session => SessionStore.DeleteEndedAsync(session, nowMs: 1_000_000, idleSinceMs: 0), Cancel));
    }

    [Fact]
    public async Task AUserTakesItsSessionsAndLinksAlong()
    {
        await AddUserAsync("1", "one");
        await AddSessionAsync("s", "1", 1000);
        await Database.WriteAsync(session => Links().CreateAsync(session, "1"), Cancel);

        await Database.WriteAsync(static session => UserStore.DeleteAsync(session, "1"), Cancel);

        Assert.Equal(0, await Database.ReadAsync(static session => session.ValueAsync<long>("SELECT (SELECT count(*) FROM sessions) + (SELECT count(*) FROM sign_in_links)"), Cancel));
    }

    [Fact]
    public async Task AUserNeedsATenant() =>
        await Assert.ThrowsAnyAsync<Exception>(() => Database.WriteAsync(session => UserStore.InsertAsync(session, User("1", "one") with { Tenant = "nowhere" }), Cancel));

    [Fact]
    public async Task ALinkIsUsedOnceHoweverManyComeWithIt()
    {
        await AddUserAsync("1", "one");
        var links = Links();
        var link = await Database.WriteAsync(session => links.AddAsync(session, "1"), Cancel);
        var other = await Database.WriteAsync(session => links.AddAsync(session, "1"), Cancel);
        var hash = SecretHash.Of(link.Secret);

        var taken = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Database.WriteAsync(session => links.TakeAsync(session, hash), Cancel)));

        Assert.Equal("1", Assert.Single(taken, static user => user is not null));
        Assert.Null(await Database.WriteAsync(session => links.TakeAsync(session, SecretHash.Of(other.Secret)), Cancel));
    }

    [Fact]
    public async Task AnExpiredLinkIsNoLink()
    {
        await AddUserAsync("1", "one");
        var links = Links();
        var link = await Database.WriteAsync(session => links.CreateAsync(session, "1"), Cancel);

        _clock.Advance(TimeSpan.FromHours(1));

        Assert.Null(await Database.WriteAsync(session => links.TakeAsync(session, SecretHash.Of(link.Secret)), Cancel));
        Assert.Equal(1, await Database.WriteAsync(session => SignInLinks.DeleteExpiredAsync(session, Now), Cancel));
    }

    private TenantRow Tenant(string name) => new() { Name = name, DisplayName = name, CreatedAtMs = Now };

    private UserRow User(string id, string name, string? tenants = null) => new()
    {
        Id = id,
        Tenant = "default",
        Name = name,
        NameKey = UserStore.KeyOf(name),
        Role = "admin",
        Tenants = tenants,
        MustSetPassword = true,
        CreatedAtMs = Now,
        CreatedBy = "test",
    };

    private async Task<UserRow> AddUserAsync(string id, string name, string? tenants = null)
    {
        var user = User(id, name, tenants);
        await Database.WriteAsync(session => UserStore.InsertAsync(session, user), Cancel);
        return user;
    }

    private Task AddSessionAsync(string secret, string user, long seenAtMs) => Database.WriteAsync(
        session => SessionStore.InsertAsync(session, SecretHash.Of(secret), user, "default", seenAtMs, expiresAtMs: 1_000_000), Cancel);

    private Task AddTokenAsync(string id, string? secret = null) => Database.WriteAsync(
        session => TokenStore.InsertAsync(
            session,
            new TokenRow { Id = id, Tenant = "default", Name = $"token {id}", Prefix = "sbx_", Role = "admin", CreatedAtMs = Now, CreatedBy = "test" },
            SecretHash.Of(secret ?? $"secret of {id}")),
        Cancel);

    private async Task<TokenRow> FindTokenAsync(string id) => (await Database.ReadAsync(session => TokenStore.FindAsync(session, "default", id), Cancel))!;

    private SignInLinks Links()
    {
        var nothing = new Dictionary<string, string>(StringComparer.Ordinal);
        var options = IdentityOptions.Read(new SettingsReader(new SettingsSources(nothing, nothing, null)));
        return new SignInLinks(new IdentityRules(options, new IdentityMetrics(_place!.Services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>()), _clock));
    }
}
