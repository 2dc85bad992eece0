using System.Text.Json.Nodes;
using Signalbox.Server.Identity.Shell;
using Signalbox.Server.Identity.Tokens;
using Signalbox.Server.Platform;
using Signalbox.Server.Platform.Client;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Server.Tests.Identity.Shell;

public sealed class TokenShellTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CreatesListsAndRevokes()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var api = new ApiClient(server.Address, server.AdminToken);

        var secret = (await RunAsync(api, "table", shell => shell.CreateAsync(new CreateApiToken { Name = "ci", Role = "operator", Scopes = ["metrics:write"] }, onlySecret: true, Cancel))).Trim();
        Assert.True(TokenSecret.IsWellFormed(secret));

        var table = await RunAsync(api, "table", shell => shell.ListAsync(Cancel));
        var line = table.Split('\n').Single(static text => text.Contains("  ci  ", StringComparison.Ordinal));
        Assert.Contains("metrics:write", line, StringComparison.Ordinal);
        Assert.Contains("active", line, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, table, StringComparison.Ordinal);

        Assert.Contains("is revoked", await RunAsync(api, "table", shell => shell.RevokeAsync(line.Split(' ')[0], Cancel)), StringComparison.Ordinal);
        var json = JsonNode.Parse(await RunAsync(api, "json", shell => shell.ListAsync(Cancel)))!;
        Assert.NotNull(json["items"]![0]!["revokedAt"]);
    }

    [Fact]
    public async Task ARefusalIsASentenceWithItsCode()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var api = new ApiClient(server.Address, server.AdminToken);

        var exception = await Assert.ThrowsAsync<StartupException>(() => RunAsync(api, "table", shell => shell.RevokeAsync("no-such-id", Cancel)));

        Assert.Contains("There is no such token in this tenant. (token_not_found)", exception.Message, StringComparison.Ordinal);
    }

    private static async Task<string> RunAsync(ApiClient api, string form, Func<TokenShell, Task> action)
    {
        await using var output = new StringWriter();
        await action(new TokenShell(api, output, form));
        return output.ToString();
    }
}
