using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Signalbox.Server.Jobs.Definitions;
using Signalbox.Server.Jobs.History;
using Signalbox.Server.Platform.Client;
using Signalbox.Settings;

namespace Signalbox.Server.Jobs.Shell;

/// <summary>Prints jobs and executions, and asks for changes of them.</summary>
internal sealed class JobShell(JobClient client, TextWriter output, string form)
{
    public async Task ListAsync(CancellationToken cancellationToken)
    {
        var tasks = await client.ListAsync(search: null, cancellationToken);
        if (IsJson)
        {
            await WriteJsonAsync(new TaskList(tasks, null), JobsJson.Default.TaskList);
            return;
        }

        TextTable.Write(
            output,
            ["NAME", "SCHEDULE", "NEXT", "LAST", "RUNNING", "ENABLED", "ID"],
            [.. tasks.Select(static task => (IReadOnlyList<string>)[task.Name, ScheduleOf(task), Time(task.NextFireAt), task.LastExecution?.State ?? "–", Number(task.Running), task.Enabled == true ? "yes" : "no", task.Id])]);
    }

    public async Task ShowAsync(string name, CancellationToken cancellationToken)
    {
        var task = await client.FindAsync(name, cancellationToken);
        if (IsJson)
        {
            await WriteJsonAsync(task, JobsJson.Default.ScheduledTask);
            return;
        }

        (string Name, string? Value)[] members =
        [
            ("name", task.Name), ("id", task.Id), ("version", Number(task.Version)), ("description", task.Description), ("enabled", task.Enabled == true ? "yes" : "no"),
            ("schedule", ScheduleOf(task)), ("next", Time(task.NextFireAt)), ("does", WorkOf(task)), ("timeout", task.Timeout), ("overlap", task.Overlap), ("misfire", task.Misfire),
            ("attempts", task.Retry?.Attempts is { } attempts ? Number(attempts) : "1"), ("priority", Number(task.Priority ?? 0)), ("defined in", task.File ?? "the API"), ("changed", $"{Time(task.UpdatedAt)} by {task.UpdatedBy}"),
            ("last", task.LastExecution is { } last ? $"{last.State} at {Time(last.FinishedAt)}" : null), ("running", Number(task.Running)), ("waiting", Number(task.Waiting)),
        ];
        foreach (var (member, value) in members.Where(static member => member.Value is not null))
        {
            await output.WriteLineAsync($"{member,-12}  {value}");
        }
    }

    public async Task SwitchAsync(string name, bool enabled, CancellationToken cancellationToken)
    {
        var task = await client.FindAsync(name, cancellationToken);
        var changed = await client.PostAsync($"{JobClient.Tasks}/{task.Id}/{(enabled ? "enable" : "disable")}", json: null, JobsJson.Default.ScheduledTask, cancellationToken);
        await SayAsync(changed, JobsJson.Default.ScheduledTask, $"Job {changed.Name} is {(enabled ? "enabled" : "disabled")}.");
    }

    /// <param name="json">A TaskRequest.</param>
    public async Task CreateAsync(string json, CancellationToken cancellationToken)
    {
        var created = await client.PostAsync(JobClient.Tasks, json, JobsJson.Default.ScheduledTask, cancellationToken);
        await SayAsync(created, JobsJson.Default.ScheduledTask, $"Job {created.Name} is created ({created.Id}).");
    }

    public async Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        var task = await client.FindAsync(name, cancellationToken);
        await client.DeleteAsync(task.Id, cancellationToken);
        if (!IsJson)
        {
            await output.WriteLineAsync($"Job {task.Name} is deleted.");
        }
    }

    public async Task CancelAsync(string execution, CancellationToken cancellationToken)
    {
        var asked = await client.PostAsync($"{JobClient.Executions}/{Uri.EscapeDataString(execution)}/cancel", json: null, JobsJson.Default.ExecutionDetail, cancellationToken);
        await SayAsync(asked, JobsJson.Default.ExecutionDetail, asked.State is "scheduled" or "running" ? $"Execution {asked.Id} is asked to end." : $"Execution {asked.Id} is {asked.State}.");
    }

    public async Task HistoryAsync(string? name, string? state, int limit, CancellationToken cancellationToken)
    {
        var task = name is null ? string.Empty : $"&taskId={(await client.FindAsync(name, cancellationToken)).Id}";
        var query = $"limit={Number(limit)}{task}{(state is null ? string.Empty : $"&state={Uri.EscapeDataString(state)}")}";
        var executions = await client.ExecutionsAsync(query, cancellationToken);
        if (IsJson)
        {
            await WriteJsonAsync(executions, JobsJson.Default.ExecutionList);
            return;
        }

        TextTable.Write(
            output,
            ["JOB", "STATE", "TRIGGER", "NOMINAL", "STARTED", "TOOK", "ATTEMPT", "ID"],
            [.. executions.Items.Select(static run => (IReadOnlyList<string>)[run.TaskName, run.State, run.Trigger, Time(run.NominalAt), Time(run.StartedAt), Took(run), $"{Number(run.Attempt)}/{Number(run.Attempts)}", run.Id])]);
    }

    public static Task PreviewAsync(TextWriter output, string form, TaskPreview preview)
    {
        if (form == "json")
        {
            return output.WriteLineAsync(JsonSerializer.Serialize(preview, JobsJson.Default.TaskPreview));
        }

        output.WriteLine(preview.Description);
        TextTable.Write(
            output, [preview.TimeZone, "UTC", "NOTE"], [.. preview.Items.Select(static item => (IReadOnlyList<string>)[item.Local, Time(item.At), item.Note ?? string.Empty])]);
        return Task.CompletedTask;
    }

    public async Task PreviewAsync(string name, int count, CancellationToken cancellationToken)
    {
        var task = await client.FindAsync(name, cancellationToken);
        await PreviewAsync(output, form, await client.GetAsync($"{JobClient.Tasks}/{task.Id}/preview?count={Number(count)}", JobsJson.Default.TaskPreview, cancellationToken));
    }

    private bool IsJson => form == "json";

    private static string ScheduleOf(ScheduledTask task) => task.Schedule switch
    {
        null => "by hand",
        { Cron: { } cron, TimeZone: var zone } => $"{cron} ({zone})",
        { Rrule: { } rule, TimeZone: var zone } => $"{rule} ({zone})",
        { Interval: { } interval } => $"every {interval}",
        { At: { } at } => $"at {at}",
        { After: { } after } => $"after {after.Task}",
        _ => "–",
    };

    private static string WorkOf(ScheduledTask task) => task switch
    {
        { Command: { } command } => string.Join(' ', [command.File, .. command.Arguments ?? []]),
        { Http: { } http } => $"{http.Method} {http.Url}",
        _ => $"handler {task.Handler?.Name}",
    };

    private static string Took(Execution run) => run.DurationMs is { } milliseconds ? DurationText.Format(TimeSpan.FromMilliseconds(milliseconds)) : "–";

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset? instant) => instant is { } at ? at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture) : "–";

    private Task SayAsync<T>(T value, JsonTypeInfo<T> type, string sentence) => IsJson ? WriteJsonAsync(value, type) : output.WriteLineAsync(sentence);

    private Task WriteJsonAsync<T>(T value, JsonTypeInfo<T> type) => output.WriteLineAsync(JsonSerializer.Serialize(value, type));
}
