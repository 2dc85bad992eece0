using System.Globalization;
using System.Text.Json;

namespace Signalbox.Server.Jobs.Shell;

/// <summary>Prints what the jobs folder changes, or would change.</summary>
internal sealed class FilesShell(JobClient client, TextWriter output, TextWriter errors, string form)
{
    /// <param name="action"><c>plan</c> or <c>apply</c>.</param>
    /// <returns>0, or 1 when something does not hold.</returns>
    public async Task<int> RunAsync(string action, CancellationToken cancellationToken)
    {
        var plan = await client.PostAsync($"api/v1/scheduler/files/{action}", json: null, JobsJson.Default.FilePlan, cancellationToken);
        if (form == "json")
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(plan, JobsJson.Default.FilePlan));
            return plan.Errors.Count == 0 ? 0 : 1;
        }

        foreach (var change in plan.Changes.Where(static change => change.Action != "unchanged"))
        {
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{change.Action} {change.Task} ({change.File}{(change.Line is { } line ? $":{line}" : string.Empty)})"));
            foreach (var member in change.Diff)
            {
                await output.WriteLineAsync($"  {member.Member}: {member.Before ?? "–"} → {member.After ?? "–"}");
            }
        }

        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{plan.Changes.Count(static change => change.Action != "unchanged")} to change, {plan.Changes.Count(static change => change.Action == "unchanged")} unchanged."));
        foreach (var error in plan.Errors)
        {
            await errors.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{error.File}:{error.Line}:{error.Column}: {error.Message}"));
        }

        return plan.Errors.Count == 0 ? 0 : 1;
    }
}
