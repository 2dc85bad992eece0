using System.Net;
using System.Text.Json.Nodes;
using Signalbox.Server.Tests.Identity;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Server.Tests.Jobs.Api;

/// <summary>Calls the scheduler's API.</summary>
internal static class JobsApi
{
    public const string Root = "/api/v1/scheduler";
    public const string Tasks = Root + "/tasks";

    /// <summary>A job that never fires by itself.</summary>
    public static string Command(string name, string more = "") => $$"""{"name":"{{name}}","command":{"file":"/bin/true"}{{more}}}""";

    public static Task<JsonNode> CreateTaskAsync(this HttpClient client, string body) => client.JsonAsync(HttpMethod.Post, Tasks, body, HttpStatusCode.Created);

    public static async Task<string> CreateTaskIdAsync(this HttpClient client, string body) => (string)(await client.CreateTaskAsync(body))["id"]!;

    /// <summary>A client with a token of its own.</summary>
    public static async Task<HttpClient> WithRoleAsync(this TestServer server, HttpClient admin, string role, string? scopes = null)
    {
        var body = scopes is null ? $$"""{"name":"{{role}}","role":"{{role}}"}""" : $$"""{"name":"{{role}}","role":"{{role}}","scopes":["{{scopes}}"]}""";
        var created = await admin.JsonAsync(HttpMethod.Post, "/api/v1/tokens", body, HttpStatusCode.Created);
        return server.Client((string)created["secret"]!);
    }

    public static async Task<JsonNode> RefusedAsync(this HttpClient client, HttpMethod method, string path, string? body, string code, HttpStatusCode status, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body?.AsJson() };
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return await response.ProblemAsync(code, status);
    }
}
