using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace Signalbox.Server.Tests.Identity;

/// <summary>Calls the JSON API and checks how it answers.</summary>
internal static class ApiCalls
{
    public static StringContent AsJson(this string body) => new(body, Encoding.UTF8, "application/json");

    public static async Task<JsonNode> JsonAsync(this HttpClient client, HttpMethod method, string path, string? body = null, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body?.AsJson() };
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return await response.ReadAsync(expected);
    }

    public static async Task<JsonNode> ReadAsync(this HttpResponseMessage response, HttpStatusCode expected = HttpStatusCode.OK)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == expected, $"{response.RequestMessage!.Method} {response.RequestMessage.RequestUri}: {response.StatusCode} instead of {expected}: {text}");
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }

    public static async Task<JsonNode> ProblemAsync(this HttpResponseMessage response, string code, HttpStatusCode? expected = null)
    {
        var problem = await response.ReadAsync(expected ?? response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(code, (string?)problem["code"]);
        return problem;
    }
}
