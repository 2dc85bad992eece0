using System.Text.Json;
using Signalbox.Scheduling;
using Signalbox.Server.Jobs.Running;
using Signalbox.Settings;

namespace Signalbox.Server.Jobs.Definitions;

/// <summary>Writes a definition in the form of the API, with every default filled in.</summary>
internal static class DefinitionWriter
{
    /// <summary>What stands for the value of a header or variable that its reader may not see.</summary>
    public const string Hidden = "•••";

    /// <summary>For the column <c>definition</c>: without <c>enabled</c>, which is a column of its own.</summary>
    public static string ToJson(JobDefinition definition) => JsonSerializer.Serialize(ToRequest(definition, secrets: true) with { Enabled = null }, JobsJson.Default.TaskRequest);

    /// <param name="secrets">With the values of headers and variables, rather than <see cref="Hidden"/>.</param>
    public static TaskRequest ToRequest(JobDefinition definition, bool secrets) => new()
    {
        Name = definition.Name,
        Description = definition.Description,
        Schedule = definition.ScheduleText,
        Command = definition.Work is CommandWork command ? CommandOf(command, secrets) : null,
        Http = definition.Work is HttpWork http ? HttpOf(http, secrets) : null,
        Handler = definition.Work is HandlerWork handler ? new TaskHandler { Name = handler.Name, Arguments = handler.Arguments is null ? null : JsonElement.Parse(handler.Arguments) } : null,
        Timeout = DurationText.Format(definition.Timeout),
        Grace = DurationText.Format(definition.Grace),
        Overlap = WireNames.Format(definition.Overlap.Mode),
        QueueLimit = definition.Overlap.Mode == OverlapMode.Queue ? definition.Overlap.QueueLimit : null,
        ConcurrencyGroup = definition.ConcurrencyGroup,
        Misfire = WireNames.Format(definition.Misfire),
        MisfireGrace = DurationText.Format(definition.MisfireGrace),
        Jitter = DurationText.Format(definition.Jitter),
        Priority = definition.Priority,
        Retry = RetryOf(definition.Retry),
        Enabled = definition.Enabled,
    };

    private static TaskCommand CommandOf(CommandWork command, bool secrets) => new()
    {
        File = command.File,
        Arguments = command.Arguments,
        WorkingDirectory = command.WorkingDirectory,
        Environment = ValuesOf(command.Environment, secrets),
        OutputLimit = command.OutputLimit is { } limit ? SizeText.Format(limit) : null,
    };

    private static TaskHttp HttpOf(HttpWork http, bool secrets) => new()
    {
        Method = http.Method,
        Url = http.Url.AbsoluteUri,
        Headers = ValuesOf(http.Headers, secrets),
        Body = http.Body,
        ExpectStatus = http.ExpectStatus,
        Sign = http.Sign,
    };

    private static TaskRetry? RetryOf(RetryPolicy retry) => retry.MaxAttempts == 1 ? null : new TaskRetry
    {
        Attempts = retry.MaxAttempts,
        Delay = DurationText.Format(retry.Delay),
        Backoff = WireNames.Format(retry.Backoff),
        MaxDelay = DurationText.Format(retry.MaxDelay),
        On = [.. retry.On.Select(static state => WireNames.Format(state))],
    };

    private static IReadOnlyDictionary<string, string>? ValuesOf(IReadOnlyDictionary<string, string> values, bool secrets) =>
        values.Count == 0 ? null : secrets ? values : values.ToDictionary(static pair => pair.Key, static _ => Hidden, StringComparer.Ordinal);
}
