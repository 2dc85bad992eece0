using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Services;

namespace Signalbox.EndToEnd.Tests.Jobs;

/// <summary>The scheduler's API as a program uses it.</summary>
internal sealed class JobCalls : IDisposable
{
    private const string Root = "/api/v1/scheduler";

    public JobCalls(SignalboxProcess server)
    {
        Client = new HttpClient { BaseAddress = server.Address };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.AdminToken);
    }

    public HttpClient Client { get; }

    /// <summary>Creates a job that runs a line of shell, by hand unless it has a schedule.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> CreateAsync(string name, string script, object? schedule, CancellationToken cancellationToken)
    {
        var job = await PostAsync($"{Root}/tasks", new { name, schedule, command = new { file = "/bin/sh", arguments = new[] { "-c", script } }, grace = "1s" }, cancellationToken);
        return IdOf(job);
    }

    /// <summary>Runs a job and waits until the run is over.</summary>
    /// <returns>The run's id.</returns>
    public async Task<string> RunAsync(string job, CancellationToken cancellationToken)
    {
        var run = IdOf(await PostAsync($"{Root}/tasks/{job}/trigger", new { }, cancellationToken));
        await Eventually.HoldsAsync("the run is over", async () => (await FindAsync(run, cancellationToken)).TryGetProperty("finishedAt", out var end) && end.ValueKind == JsonValueKind.String, cancellationToken);
        return run;
    }

    public Task<JsonElement> FindAsync(string run, CancellationToken cancellationToken) => Client.GetFromJsonAsync<JsonElement>($"{Root}/executions/{run}", cancellationToken);

    public async Task<JsonElement> PostAsync(string path, object body, CancellationToken cancellationToken)
    {
        using var response = await Client.PostAsJsonAsync(path, body, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return response.IsSuccessStatusCode ? JsonSerializer.Deserialize<JsonElement>(text) : throw new InvalidOperationException($"POST {path} is answered with {(int)response.StatusCode}: {text}");
    }

    public void Dispose() => Client.Dispose();

    private static string IdOf(JsonElement thing) => thing.GetProperty("id").GetString()!;
}
