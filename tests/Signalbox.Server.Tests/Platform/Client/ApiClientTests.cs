using Signalbox.Server.Identity;
using Signalbox.Server.Platform;
using Signalbox.Server.Platform.Client;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Server.Tests.Platform.Client;

public sealed class ApiClientTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnAnswerThatIsNotOfTheApiIsSaidInASentence()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var client = new ApiClient(server.Address, server.AdminToken);

        var exception = await Assert.ThrowsAsync<StartupException>(() => client.SendAsync(HttpMethod.Get, "-/healthy", content: null, IdentityJson.Default.ScopeList, Cancel));

        Assert.Contains("--server", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("two\nlines", null)]
    [InlineData("token", "two\nlines")]
    public void ATokenOrTenantThatNoHeaderCanCarryIsSaidInASentence(string token, string? tenant) =>
        Assert.Throws<StartupException>(() => new ApiClient(new Uri("http://127.0.0.1:1"), token, tenant));
}
