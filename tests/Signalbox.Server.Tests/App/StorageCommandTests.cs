using System.Net;
using Signalbox.Server.App;
using Signalbox.Server.Platform;
using Signalbox.Settings;
using Signalbox.Server.Tests.Identity;
using Signalbox.Testing.Files;
using Signalbox.Testing.Server;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.Server.Tests.App;

public sealed class StorageCommandTests(SharedDatabases databases) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TheControlPlaneMovesToADatabaseWithEverythingInIt(bool postgreSql)
    {
        var url = postgreSql ? await databases.NewPostgreSqlAsync(Cancel) : await databases.NewMariaDbAsync(Cancel);
        var data = _folder.File("data");
        string token;
        string cookie;
        await using (var before = await TestServer.StartAsync(Cancel, new TestServerSetup { DataFolder = data }))
        {
            token = before.AdminToken;
            using var browser = await SignedIn.WithPasswordAsync(before);
            cookie = browser.Cookie;
            for (var index = 0; index < 120; index++)
            {
                await browser.Client.JsonAsync(HttpMethod.Post, "/api/v1/tokens", $$"""{"name":"token {{index}}","role":"viewer","scopes":["metrics:read"]}""", HttpStatusCode.Created);
            }
        }

        var copied = await StorageCommand.CopyAsync(Options(data, url), Cancel);

        Assert.Equal(121, copied.Single(static table => table.Name == "tokens").Rows);
        Assert.InRange(copied.Single(static table => table.Name == "audit_events").Rows, 120, long.MaxValue);
        await using var after = await TestServer.StartAsync(Cancel, new TestServerSetup { DataFolder = data, Control = url });
        using var client = after.Client(token);
        Assert.Equal(100, (await client.JsonAsync(HttpMethod.Get, "/api/v1/tokens?limit=100"))["items"]!.AsArray().Count);
        using var continued = after.Client();
        continued.DefaultRequestHeaders.Add("Cookie", cookie);
        await continued.JsonAsync(HttpMethod.Get, "/api/v1/session");
        using var again = await SignedIn.ByPasswordAsync(after, "admin");
    }

    [Fact]
    public async Task ADatabaseThatIsInUseIsLeftAlone()
    {
        var url = await databases.NewPostgreSqlAsync(Cancel);
        await using (await TestServer.StartAsync(Cancel, new TestServerSetup { Control = url }))
        {
            // Makes the tenant default there.
        }

        var data = _folder.File("data");
        await using (await TestServer.StartAsync(Cancel, new TestServerSetup { DataFolder = data }))
        {
            // Makes the file.
        }

        Assert.Contains("in use already", (await Assert.ThrowsAsync<StartupException>(() => StorageCommand.CopyAsync(Options(data, url), Cancel))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutAFileOrATargetThereIsNothingToDo()
    {
        Assert.Contains("names no other", (await Assert.ThrowsAsync<StartupException>(() => StorageCommand.CopyAsync(Options(_folder.File("data"), "sqlite"), Cancel))).Message, StringComparison.Ordinal);
        Assert.Contains(
            "There is no ",
            (await Assert.ThrowsAsync<StartupException>(() => StorageCommand.CopyAsync(Options(_folder.File("data"), "postgres://u@127.0.0.1/d"), Cancel))).Message,
            StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static SignalboxOptions Options(string data, string url)
    {
        var flags = new Dictionary<string, string>(StringComparer.Ordinal) { ["data"] = data, ["storage.control"] = url };
        return SignalboxOptions.Read(new SettingsReader(new SettingsSources(flags, new Dictionary<string, string>(StringComparer.Ordinal), null)));
    }
}
