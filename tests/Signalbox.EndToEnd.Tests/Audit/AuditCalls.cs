using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Services;

namespace Signalbox.EndToEnd.Tests.Audit;

/// <summary>What a program does that the audit log records, and the log's own API.</summary>
internal sealed class AuditCalls : IDisposable
{
    private readonly HttpClient _client;

    public AuditCalls(SignalboxProcess server)
    {
        _client = new HttpClient { BaseAddress = server.Address };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.AdminToken);
    }

    /// <summary>Creates an API token, and waits until that is in the log.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> CreateTokenAsync(string name, CancellationToken cancellationToken)
    {
        var id = (await PostAsync("/api/v1/tokens", new { name, role = "viewer" }, cancellationToken)).GetProperty("token").GetProperty("id").GetString()!;
        await Eventually.HoldsAsync("the token's creation is in the log", async () => (await FindAsync(id, cancellationToken)).GetArrayLength() > 0, cancellationToken);
        return id;
    }

    /// <summary>Reports that somebody changed a job of another system.</summary>
    /// <returns>The event's id.</returns>
    public async Task<string> ReportAsync(string name, object before, object after, CancellationToken cancellationToken)
    {
        var id = Guid.CreateVersion7().ToString();
        var reported = new
        {
            id,
            action = "app/update",
            resource = new { type = "app/job", id = name, name },
            actor = new { kind = "agent", id = "agent-7", name = "release agent" },
            onBehalfOf = new { kind = "user", id = "u-lena", name = "lena.hofmann" },
            policyId = "change-window",
            reasons = new[] { "Inside the change window." },
            traceId = "4bf92f3577b34da6a3ce929d0e0e4736",
            source = "runner",
            before,
            after,
        };
        await PostAsync("/api/v1/audit/events", new { events = new[] { reported } }, cancellationToken);
        return id;
    }

    public void Dispose() => _client.Dispose();

    private async Task<JsonElement> FindAsync(string resource, CancellationToken cancellationToken) =>
        (await _client.GetFromJsonAsync<JsonElement>($"/api/v1/audit/events?resourceId={resource}", cancellationToken)).GetProperty("items");

    private async Task<JsonElement> PostAsync(string path, object body, CancellationToken cancellationToken)
    {
        using var response = await _client.PostAsJsonAsync(path, body, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return response.IsSuccessStatusCode ? JsonSerializer.Deserialize<JsonElement>(text) : throw new InvalidOperationException($"POST {path} is answered with {(int)response.StatusCode}: {text}");
    }
}
