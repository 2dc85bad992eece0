using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Signalbox.Testing.Services;

namespace Signalbox.EndToEnd.Tests.Program;

/// <summary>A signed-in console session over HTTP, as the page in the browser holds it: a cookie and a CSRF token.</summary>
public sealed class ConsoleSession : IDisposable
{
    private const string CsrfHeader = "X-CSRF-Token";

    private ConsoleSession(Uri server) =>
        Client = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false }) { BaseAddress = server };

    public HttpClient Client { get; }

    /// <summary>Signs in by the link of the first start and gives the user <c>admin</c> a password.</summary>
    public static async Task<ConsoleSession> OpenAsync(SignalboxProcess server, string password, CancellationToken cancellationToken)
    {
        var link = await server.SignInLinkAsync(cancellationToken);
        var session = new ConsoleSession(server.Address);
        await session.BeginAsync(HttpMethod.Post, "/api/v1/session/link", new { token = link[(link.IndexOf("#link=", StringComparison.Ordinal) + "#link=".Length)..] }, cancellationToken);
        await session.BeginAsync(HttpMethod.Put, "/api/v1/session/password", new { newPassword = password }, cancellationToken);
        return session;
    }

    public void Dispose() => Client.Dispose();

    private async Task BeginAsync(HttpMethod method, string path, object body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        using var response = await Client.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        var session = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        Client.DefaultRequestHeaders.Remove(CsrfHeader);
        Client.DefaultRequestHeaders.Add(CsrfHeader, session.GetProperty("csrfToken").GetString());
    }
}
