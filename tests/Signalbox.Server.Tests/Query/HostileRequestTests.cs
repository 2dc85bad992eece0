using System.Net;
using System.Text;
using Xunit;

namespace Signalbox.Server.Tests.Query;

public sealed class HostileRequestTests
{
    private static readonly string[] Endpoints = ["query", "query_range", "series", "labels", "format_query", "query_exemplars"];

    private static readonly string[] Parts =
    [
        "query=", "time=", "start=", "end=", "step=", "timeout=", "limit=", "match[]=", "lookback_delta=", "stats=all", "&", "up", "{", "}", "[5m", "]", "(", ")", "\"", "\\", "=~", "=\"a\"", "0", "1e9", "-1", "NaN", "5m", "9y",
        "%", "%zz", "%00", "%f0%9f%98%80", "+", "sum by", "rate", "offset", "@", "\u0000", "é",
    ];

    [Fact]
    public async Task NoRequestBreaksTheServer()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var server = await QueryServer.StartAsync(cancellationToken);
        using var client = await server.ClientAsync();
        var random = new Random(815);
        for (var round = 0; round < 600; round++)
        {
            var endpoint = Endpoints[random.Next(Endpoints.Length)];
            var text = string.Concat(Enumerable.Range(0, random.Next(14)).Select(_ => Parts[random.Next(Parts.Length)]));
            using var body = new ByteArrayContent(round % 3 == 0 ? RandomBytes(random) : Encoding.UTF8.GetBytes(text));
            body.Headers.TryAddWithoutValidation("Content-Type", "application/x-www-form-urlencoded");
            using var answer = await client.PostAsync(endpoint, body, cancellationToken);

            Assert.True(
                answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity or HttpStatusCode.ServiceUnavailable,
                $"{endpoint} {text}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancellationToken)}");
        }
    }

    private static byte[] RandomBytes(Random random)
    {
        var bytes = new byte[random.Next(200)];
        random.NextBytes(bytes);
        return [.. "query="u8, .. bytes];
    }
}
