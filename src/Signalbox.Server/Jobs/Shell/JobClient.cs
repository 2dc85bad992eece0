using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Signalbox.Server.Jobs.Definitions;
using Signalbox.Server.Jobs.History;
using Signalbox.Server.Platform;
using Signalbox.Server.Platform.Client;

namespace Signalbox.Server.Jobs.Shell;

/// <summary>Asks a server about jobs and executions for the command line.</summary>
internal sealed class JobClient(ApiClient api)
{
    private const string Root = "api/v1/scheduler";

    public const string Tasks = Root + "/tasks";
    public const string Executions = Root + "/executions";

    public async Task<IReadOnlyList<ScheduledTask>> ListAsync(string? search, CancellationToken cancellationToken)
    {
        var tasks = new List<ScheduledTask>();
        string? after = null;
        do
        {
            var query = (search is null ? string.Empty : $"&search={Uri.EscapeDataString(search)}") + (after is null ? string.Empty : $"&after={Uri.EscapeDataString(after)}");
            var page = await GetAsync($"{Tasks}?limit=200{query}", JobsJson.Default.TaskList, cancellationToken);
            tasks.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null);
        return tasks;
    }

    /// <summary>Finds a job by name or id.</summary>
    /// <exception cref="StartupException">There is none.</exception>
    public async Task<ScheduledTask> FindAsync(string nameOrId, CancellationToken cancellationToken)
    {
        foreach (var task in await ListAsync(nameOrId, cancellationToken))
        {
            if (task.Name == nameOrId)
            {
                return task;
            }
        }

        using var response = await api.SendAsync(HttpMethod.Get, $"{Tasks}/{Uri.EscapeDataString(nameOrId)}", content: null, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            throw new StartupException($"There is no job named '{nameOrId}' in this tenant.");
        }

        return await ReadAsync(response, JobsJson.Default.ScheduledTask, cancellationToken);
    }

    public Task<ExecutionDetail> ExecutionAsync(string id, CancellationToken cancellationToken) =>
        GetAsync($"{Executions}/{Uri.EscapeDataString(id)}", JobsJson.Default.ExecutionDetail, cancellationToken);

    public Task<ExecutionList> ExecutionsAsync(string query, CancellationToken cancellationToken) => GetAsync($"{Executions}?{query}", JobsJson.Default.ExecutionList, cancellationToken);

    public Task<OutputPage> OutputAsync(string id, long after, CancellationToken cancellationToken) =>
        GetAsync(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Executions}/{Uri.EscapeDataString(id)}/output?after={after}&limit=1000"), JobsJson.Default.OutputPage, cancellationToken);

    public Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken) => api.SendAsync(HttpMethod.Get, path, content: null, type, cancellationToken);

    public async Task<T> PostAsync<T>(string path, string? json, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var content = json is null ? null : new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        return await api.SendAsync(HttpMethod.Post, path, content, type, cancellationToken);
    }

    public async Task DeleteAsync(string id, CancellationToken cancellationToken)
    {
        using var response = await api.SendAsync(HttpMethod.Delete, $"{Tasks}/{Uri.EscapeDataString(id)}", content: null, cancellationToken);
        await ApiClient.EnsureSuccessAsync(response, cancellationToken);
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        await ApiClient.EnsureSuccessAsync(response, cancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        return await JsonSerializer.DeserializeAsync(body, type, cancellationToken) ?? throw new StartupException("The server answered with nothing.");
    }
}
