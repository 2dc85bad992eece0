using System.Net.Http.Json;
using System.Text.Json;
using Signalbox.EndToEnd.Tests.Program;
using Signalbox.Telemetry.Metrics;
using Signalbox.Testing.Runs;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.EndToEnd.Tests.Access;

/// <summary>A server with a tenant that has something to hide, and one whose admin would like to see it.</summary>
public sealed class TwoTenants : IAsyncLifetime
{
    /// <summary>Part of every name and text that the tenant north keeps; no answer to anybody else may contain it.</summary>
    public const string Canary = "canary";

    public const string North = "canary-north";

    private SignalboxProcess? _server;

    public SignalboxProcess Server => _server ?? throw new InvalidOperationException("The server is not started yet.");

    public string NorthAdmin { get; private set; } = string.Empty;

    public string SouthAdmin { get; private set; } = string.Empty;

    public string SouthViewer { get; private set; } = string.Empty;

    internal IReadOnlyList<Endpoint> Endpoints { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        _server = await SignalboxProcess.StartAsync(cancellationToken);
        using var admin = new MetricCalls(Server.Address, Server.AdminToken);
        await PostAsync(admin, "/api/v1/tenants", new { name = North, displayName = "Canary North" }, cancellationToken);
        await PostAsync(admin, "/api/v1/tenants", new { name = "south" }, cancellationToken);
        using var north = new MetricCalls(Server.Address, Server.AdminToken, North);
        using var south = new MetricCalls(Server.Address, Server.AdminToken, "south");
        var user = await PostAsync(north, "/api/v1/users", new { name = "canary-user", role = "viewer" }, cancellationToken);
        var token = await PostAsync(north, "/api/v1/tokens", new { name = "canary-token", role = "admin" }, cancellationToken);
        NorthAdmin = SecretOf(token);
        SouthAdmin = SecretOf(await PostAsync(south, "/api/v1/tokens", new { name = "south-admin", role = "admin" }, cancellationToken));
        SouthViewer = SecretOf(await PostAsync(south, "/api/v1/tokens", new { name = "south-viewer", role = "viewer" }, cancellationToken));
        await WriteAsync(NorthAdmin, "canary_metric", "canary-value", cancellationToken);
        await WriteAsync(SouthAdmin, "southern_metric", "southern-value", cancellationToken);

        var job = await PostAsync(north, "/api/v1/scheduler/tasks", new { name = "canary-job", schedule = new { cron = "0 3 1 1 *" }, http = new { method = "GET", url = "http://canary.invalid/" } }, cancellationToken);
        var execution = await PostAsync(north, $"/api/v1/scheduler/tasks/{IdIn(job)}/trigger", new { }, cancellationToken);
        await PostAsync(north, "/api/v1/audit/events", new { events = new[] { new { id = Guid.CreateVersion7().ToString(), action = "run.start", resource = new { type = "run", id = "canary-run" } } } }, cancellationToken);
        var run = SampleRun.All[0] with { Repository = "canary/repository", Task = "Look after the canary" };
        await SampleRuns.PostAsync(north.Client, run, TimeProvider.System.GetUtcNow(), cancellationToken);

        var openApi = await admin.Client.GetFromJsonAsync<JsonElement>("/openapi/v1.json", cancellationToken);
        Endpoints = Endpoint.All(openApi, [IdIn(user), IdIn(token), IdIn(job), IdIn(execution), run.Id]);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    private static string SecretOf(JsonElement created) => created.GetProperty("secret").GetString()!;

    /// <summary>The identifier of what was created: its own member, or that of the only object in it.</summary>
    private static string IdIn(JsonElement created) =>
        (created.TryGetProperty("id", out var id)
            ? id
            : created.EnumerateObject().First(static member => member.Value.ValueKind == JsonValueKind.Object).Value.GetProperty("id")).GetString()!;

    private static async Task<JsonElement> PostAsync(MetricCalls calls, string path, object body, CancellationToken cancellationToken)
    {
        using var response = await calls.Client.PostAsJsonAsync(path, body, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"POST {path} is answered with {(int)response.StatusCode}: {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    private async Task WriteAsync(string token, string metric, string lane, CancellationToken cancellationToken)
    {
        using var calls = new MetricCalls(Server.Address, token);
        calls.Client.DefaultRequestHeaders.UserAgent.ParseAdd($"{metric}-sender/1");
        using var batch = new MetricBatch();
        batch.BeginSeries();
        batch.AddLabel("__name__", metric);
        batch.AddLabel(metric + "_label", "1");
        batch.AddLabel("lane", lane);
        batch.EndLabels();
        batch.AddSample(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(), 1);
        batch.AddMetadata(new MetricMetadata(metric, MetricType.Gauge, $"Help of {metric}.", string.Empty));
        using var response = await calls.WriteAsync(batch, cancellationToken);
        response.EnsureSuccessStatusCode();
    }
}
