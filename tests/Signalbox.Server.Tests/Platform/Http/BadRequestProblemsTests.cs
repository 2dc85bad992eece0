using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Signalbox.Server.Platform.Http;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Server.Tests.Platform.Http;

public sealed class BadRequestProblemsTests
{
    private const int SqliteFull = 13;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AFullDiskIsSaidToBeOne()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = server.Services, Response = { Body = body } };

        var handled = await new BadRequestProblems().TryHandleAsync(context, new SqliteException("database or disk is full", SqliteFull), Cancel);

        Assert.True(handled);
        Assert.Equal(StatusCodes.Status503ServiceUnavailable, context.Response.StatusCode);
        Assert.Equal("disk_full", (string?)JsonNode.Parse(body.ToArray())!["code"]);
    }
}
