using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Signalbox.Server.Tests.Identity;
using Xunit;

namespace Signalbox.Server.Tests.Runs.Api;

/// <summary>Calls the API of runs.</summary>
internal static class RunsApi
{
    public const string Root = "/api/v1/runs";

    public static Task<JsonNode> ReportAsync(this HttpClient client, JsonObject report, HttpStatusCode status = HttpStatusCode.Created) =>
        client.JsonAsync(HttpMethod.Post, Root, report.ToJsonString(), status);

    /// <summary>Sends bytes FIRST to LAST (exclusive) of a file.</summary>
    public static async Task<HttpResponseMessage> PutPartAsync(this HttpClient client, string id, string name, byte[] content, int first, int end)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"{Root}/{id}/files/{name}") { Content = new ByteArrayContent(content, first, end - first) };
        request.Content.Headers.ContentRange = new ContentRangeHeaderValue(first, end - 1, content.Length);
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public static async Task<JsonNode> PutFileAsync(this HttpClient client, string id, string name, byte[] content)
    {
        using var body = new ByteArrayContent(content);
        using var response = await client.PutAsync(new Uri($"{Root}/{id}/files/{name}", UriKind.Relative), body, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }
}
