using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Signalbox.Server.Identity.Sessions;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Server.Tests.Identity;

/// <summary>A browser that is signed in: it keeps its cookie and sends the CSRF token.</summary>
internal sealed class SignedIn : IDisposable
{
    public const string Password = "correct horse battery staple";

    private SignedIn(HttpClient client) => Client = client;

    public HttpClient Client { get; }

    public JsonNode Session { get; private set; } = new JsonObject();

    /// <summary>As the browser would send it back: name, equals sign, value.</summary>
    public string Cookie { get; private set; } = string.Empty;

    /// <summary>The Set-Cookie header as it came.</summary>
    public string SetCookie { get; private set; } = string.Empty;

    public static string StartLinkOf(TestServer server) => server.Services.GetRequiredService<StartLink>().Link!.Secret;

    /// <summary>Signs the first user in by link.</summary>
    public static async Task<SignedIn> ByStartLinkAsync(TestServer server) => await ByLinkAsync(server, StartLinkOf(server));

    public static async Task<SignedIn> ByLinkAsync(TestServer server, string link)
    {
        var browser = new SignedIn(server.Client());
        await browser.OpenAsync(HttpMethod.Post, "/api/v1/session/link", $$"""{"token":"{{link}}"}""");
        return browser;
    }

    /// <summary>Signs the first user in by link and gives it the usual password.</summary>
    public static async Task<SignedIn> WithPasswordAsync(TestServer server)
    {
        var browser = await ByStartLinkAsync(server);
        await browser.OpenAsync(HttpMethod.Put, "/api/v1/session/password", $$"""{"newPassword":"{{Password}}"}""");
        return browser;
    }

    public static async Task<SignedIn> ByPasswordAsync(TestServer server, string name, string password = Password, string? tenant = null)
    {
        var browser = new SignedIn(server.Client());
        var body = new JsonObject { ["name"] = name, ["password"] = password };
        if (tenant is not null)
        {
            body["tenant"] = tenant;
        }

        await browser.OpenAsync(HttpMethod.Post, "/api/v1/session", body.ToJsonString());
        return browser;
    }

    /// <summary>Calls an endpoint that answers with a session and its cookie, and goes on with those.</summary>
    public async Task OpenAsync(HttpMethod method, string path, string body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body.AsJson() };
        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        Session = await response.ReadAsync(HttpStatusCode.OK);
        SetCookie = Assert.Single(response.Headers.GetValues("Set-Cookie"));
        Cookie = SetCookie.Split(';')[0];
        Client.DefaultRequestHeaders.Remove("Cookie");
        Client.DefaultRequestHeaders.Add("Cookie", Cookie);
        Client.DefaultRequestHeaders.Remove("X-CSRF-Token");
        Client.DefaultRequestHeaders.Add("X-CSRF-Token", (string)Session["csrfToken"]!);
    }

    public void Dispose() => Client.Dispose();
}
