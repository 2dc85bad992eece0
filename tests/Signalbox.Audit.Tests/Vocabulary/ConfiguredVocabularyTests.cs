using System.Net;
using Signalbox.Audit.Tests.Api;
using Signalbox.Settings;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Audit.Tests.Vocabulary;

public sealed class ConfiguredVocabularyTests
{
    private const string Path = "/api/v1/audit/events";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TakesWhatTheSettingsName()
    {
        await using var server = await StartAsync("order.refund,shipment.*", "order,shop/*");
        using var client = server.Client(server.AdminToken);

        var taken = await client.JsonAsync(HttpMethod.Post, Path, Report("order.refund", "order"));
        await client.JsonAsync(HttpMethod.Post, Path, Report("shipment.send", "shop/parcel"));
        var refused = await client.JsonAsync(HttpMethod.Post, Path, Report("order.cancel", "order"), HttpStatusCode.BadRequest);

        Assert.Equal(1, (int)taken["accepted"]!);
        Assert.Contains("audit.actions", refused.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Order", "order", "audit.actions", "'Order' is no name")]
    [InlineData("*", "order", "audit.actions", "'*' is no name")]
    [InlineData("order*", "order", "audit.actions", "'order*' is no name")]
    [InlineData("a.b,a.b", "order", "audit.actions", "'a.b' is there twice")]
    [InlineData("order.refund", "or der", "audit.resource_types", "'or der' is no name")]
    public async Task RefusesNamesThatAreNone(string actions, string types, string key, string message)
    {
        var exception = await Assert.ThrowsAsync<SettingsException>(() => StartAsync(actions, types));

        Assert.Contains(exception.Errors, error => error.ToString().Contains(key, StringComparison.Ordinal) && error.ToString().Contains(message, StringComparison.Ordinal));
    }

    private static Task<TestServer> StartAsync(string actions, string types) => TestServer.StartAsync(
        Cancel,
        new TestServerSetup { Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["audit.actions"] = actions, ["audit.resource_types"] = types } });

    private static string Report(string action, string type) =>
        $$$"""{"events":[{"id":"{{{Guid.CreateVersion7()}}}","action":"{{{action}}}","resource":{"type":"{{{type}}}","id":"7"}}]}""";
}
