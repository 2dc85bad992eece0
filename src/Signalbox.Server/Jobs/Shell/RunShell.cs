using System.Text.Json;
using System.Text.Json.Nodes;
using Signalbox.Server.Jobs.History;

namespace Signalbox.Server.Jobs.Shell;

/// <summary>Runs a job by hand and follows what executions write.</summary>
internal sealed class RunShell(JobClient client, TextWriter output, TextWriter errors, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <param name="wait">Until it has ended, with its output.</param>
    /// <param name="arguments">JSON for a handler; null for the job's own.</param>
    /// <returns>0 when it was started, or with <paramref name="wait"/> when it succeeded; 1 otherwise.</returns>
    public async Task<int> RunAsync(string name, bool wait, string? arguments, string form, CancellationToken cancellationToken)
    {
        var task = await client.FindAsync(name, cancellationToken);
        var body = new JsonObject();
        if (arguments is not null)
        {
            body["arguments"] = JsonNode.Parse(arguments);
        }

        var execution = await client.PostAsync($"{JobClient.Tasks}/{task.Id}/trigger", body.ToJsonString(), JobsJson.Default.ExecutionDetail, cancellationToken);
        if (!wait)
        {
            await output.WriteLineAsync(form == "json" ? JsonSerializer.Serialize(execution, JobsJson.Default.ExecutionDetail) : execution.Id);
            return 0;
        }

        if (form != "json")
        {
            await errors.WriteLineAsync($"Execution {execution.Id} of {task.Name}:");
            await LogsAsync(execution.Id, follow: true, form, cancellationToken);
        }

        var ended = await WaitAsync(execution.Id, cancellationToken);
        if (form == "json")
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(ended, JobsJson.Default.ExecutionDetail));
        }
        else
        {
            await errors.WriteLineAsync($"{ended.State}{(ended.Error is { } error ? $": {error.Message}" : string.Empty)}");
        }

        return ended.State == "succeeded" ? 0 : 1;
    }

    /// <summary>Writes what an execution wrote, each stream to its own.</summary>
    /// <param name="follow">Until it has ended.</param>
    public async Task LogsAsync(string id, bool follow, string form, CancellationToken cancellationToken)
    {
        var after = -1L;
        while (true)
        {
            var page = await client.OutputAsync(id, after, cancellationToken);
            await WriteAsync(page, form);
            if (page.Complete || (page.Items.Count == 0 && !follow))
            {
                if (page.Cut)
                {
                    await errors.WriteLineAsync("Some output was left out because of its limit.");
                }

                return;
            }

            after = page.Next ?? after;
            if (page.Items.Count == 0)
            {
                await Task.Delay(Pause, clock, cancellationToken);
            }
        }
    }

    private async Task WriteAsync(OutputPage page, string form)
    {
        foreach (var item in page.Items)
        {
            if (form == "json")
            {
                await output.WriteLineAsync(JsonSerializer.Serialize(item, JobsJson.Default.OutputItem));
            }
            else
            {
                // Pieces end where they were cut, not at the end of a line.
                await (item.Stream == "err" ? errors : output).WriteAsync(item.Text);
            }
        }
    }

    private async Task<ExecutionDetail> WaitAsync(string id, CancellationToken cancellationToken)
    {
        while (true)
        {
            var execution = await client.ExecutionAsync(id, cancellationToken);
            if (execution.FinishedAt is not null)
            {
                return execution;
            }

            await Task.Delay(Pause, clock, cancellationToken);
        }
    }
}
