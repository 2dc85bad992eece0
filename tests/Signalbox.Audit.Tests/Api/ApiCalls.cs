using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Signalbox.Server.Identity.Sessions;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Audit.Tests.Api;

/// <summary>Calls the JSON API and checks how it answers.</summary>
internal static class ApiCalls
{
    public static async Task<JsonNode> JsonAsync(this HttpClient client, HttpMethod method, string path, string? body = null, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return await response.ReadAsync(expected);
    }

    public static Task<JsonNode> GetJsonAsync(this HttpClient client, string path, HttpStatusCode expected = HttpStatusCode.OK) => client.JsonAsync(HttpMethod.Get, path, null, expected);

    public static async Task<JsonNode> ReadAsync(this HttpResponseMessage response, HttpStatusCode expected = HttpStatusCode.OK)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == expected, $"{response.RequestMessage!.Method} {response.RequestMessage.RequestUri}: {response.StatusCode} instead of {expected}: {text}");
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }

    /// <summary>What is wrong with a member of the request, as the problem says it.</summary>
    public static string ErrorOf(this JsonNode problem, string member)
    {
        Assert.Equal("invalid_member", (string?)problem["code"]);
        Assert.True(problem["errors"]?[member] is not null, $"There is nothing about {member} in {problem.ToJsonString()}");
        return (string)problem["errors"]![member]![0]!;
    }

    /// <summary>A client of the first user, signed in by the link that the first start prints.</summary>
    public static Task<HttpClient> SignInAsync(this TestServer server) => server.SignInByLinkAsync(server.Services.GetRequiredService<StartLink>().Link!.Secret);

    /// <summary>A client of a new user, an admin.</summary>
    public static async Task<HttpClient> SignInOtherAsync(this TestServer server, string name)
    {
        using var admin = server.Client(server.AdminToken);
        var created = await admin.JsonAsync(HttpMethod.Post, "/api/v1/users", $$"""{"name":"{{name}}","role":"admin"}""", HttpStatusCode.Created);
        return await server.SignInByLinkAsync(((string)created["signInLink"]!["path"]!).Split('=')[^1]);
    }

    private static async Task<HttpClient> SignInByLinkAsync(this TestServer server, string link)
    {
        var client = server.Client();
        using var response = await client.PostAsync("/api/v1/session/link", new StringContent($$"""{"token":"{{link}}"}""", Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
        var session = await response.ReadAsync();
        client.DefaultRequestHeaders.Add("Cookie", Assert.Single(response.Headers.GetValues("Set-Cookie")).Split(';')[0]);
        client.DefaultRequestHeaders.Add("X-CSRF-Token", (string)session["csrfToken"]!);
        return client;
    }

    /// <summary>A client with a token of its own.</summary>
    /// <param name="scopes">Null for everything that the role allows.</param>
    public static async Task<HttpClient> TokenClientAsync(this TestServer server, string role, string? scopes = null, string? tenant = null)
    {
        using var admin = server.Client(server.AdminToken);
        if (tenant is not null)
        {
            admin.DefaultRequestHeaders.Add("X-Scope-OrgID", tenant);
        }

        var body = new JsonObject { ["name"] = $"{role}-{scopes ?? "all"}", ["role"] = role };
        if (scopes is not null)
        {
            body["scopes"] = new JsonArray([.. scopes.Split(' ').Select(static scope => JsonValue.Create(scope))]);
        }

        var created = await admin.JsonAsync(HttpMethod.Post, "/api/v1/tokens", body.ToJsonString(), HttpStatusCode.Created);
        return server.Client((string)created["secret"]!);
    }
}
