using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Signalbox.Testing.Files;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Server.Tests.Platform;

public sealed class OpenApiTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task TheCommittedDescriptionIsThatOfTheCode()
    {
        await using var server = await TestServer.StartAsync(TestContext.Current.CancellationToken);

        var document = await ReadAsync(server);

        Golden.Matches("openapi.json", document.ToJsonString(Indented) + "\n");
    }

    [Fact]
    public async Task EveryOperationHasANameATagAndASummary()
    {
        await using var server = await TestServer.StartAsync(TestContext.Current.CancellationToken);
        var document = await ReadAsync(server);

        var operations = document["paths"]!.AsObject().SelectMany(static path => path.Value!.AsObject().Select(method => (Name: $"{method.Key} {path.Key}", Operation: method.Value!))).ToList();

        Assert.NotEmpty(operations);
        Assert.All(operations, static entry =>
        {
            Assert.False(string.IsNullOrEmpty((string?)entry.Operation["operationId"]), $"{entry.Name} has no operationId");
            Assert.False(string.IsNullOrEmpty((string?)entry.Operation["summary"]), $"{entry.Name} has no summary");
            Assert.NotEmpty(entry.Operation["tags"]!.AsArray());
            Assert.NotNull(entry.Operation["responses"]!["default"]);
        });
        Assert.Equal(operations.Count, operations.Select(static entry => (string?)entry.Operation["operationId"]).Distinct(StringComparer.Ordinal).Count());
    }

    private static async Task<JsonNode> ReadAsync(TestServer server)
    {
        using var client = server.Client(server.AdminToken);
        return JsonNode.Parse(await client.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken))!;
    }
}
