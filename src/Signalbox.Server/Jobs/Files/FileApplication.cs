using Signalbox.Server.Jobs.Definitions;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Jobs.Files;

/// <summary>Brings jobs to what the files say, each in a transaction of its own.</summary>
internal sealed class FileApplication(ControlDatabase database, TaskWriter writer)
{
    /// <summary>Does what can be done, in an order in which jobs come after those they run after; what is refused is an error at its place.</summary>
    public async Task<FilePlan> RunAsync(JobActor actor, FileWork work, CancellationToken cancellationToken)
    {
        var done = work.Steps.Where(static step => step.Change.Action == "unchanged").Select(static step => step.Change).ToList();
        var errors = new List<FileError>(work.Errors);
        var left = work.Steps.Where(static step => step.Change.Action != "unchanged").OrderBy(static step => step.Document is null).ToList();
        while (left.Count > 0)
        {
            var refused = new List<(FileStep Step, Refusal Refusal)>();
            foreach (var step in left)
            {
                if (await ApplyAsync(actor, step, cancellationToken) is { } refusal)
                {
                    refused.Add((step, refusal));
                }
                else
                {
                    done.Add(step.Change);
                }
            }

            // Another turn helps only those that waited for something this turn has done.
            if (refused.Count == left.Count)
            {
                errors.AddRange(refused.Select(static pair => ErrorOf(pair.Step, pair.Refusal)));
                break;
            }

            left = [.. refused.Select(static pair => pair.Step)];
        }

        return new FilePlan([.. done.OrderBy(static change => change.Task, StringComparer.Ordinal)], errors);
    }

    private async Task<Refusal?> ApplyAsync(JobActor actor, FileStep step, CancellationToken cancellationToken)
    {
        var outcome = await database.WriteAsync(
            async session =>
            {
                if (step.Before is null)
                {
                    var id = writer.Rules.NewId();
                    return await writer.CreateAsync(session, actor, id, step.Document!.Definition, step.Document.File);
                }

                // Somebody else may have applied the same files meanwhile.
                if (await TaskStore.LockAsync(session, actor.Tenant, step.Before.Id) is not { } row)
                {
                    return TaskRefusals.NotFound;
                }

                return step.Document is null
                    ? await writer.DeleteAsync(session, actor, row)
                    : await writer.ChangeAsync(session, actor, row, step.Document.Definition with { Enabled = step.Document.Definition.Enabled ?? true }, step.Document.File);
            },
            cancellationToken);
        return outcome is Outcome<JobRow>.Refused { Refusal: var refusal } ? refusal : null;
    }

    private static FileError ErrorOf(FileStep step, Refusal refusal)
    {
        var member = refusal.More?.GetValueOrDefault("errors") is IReadOnlyDictionary<string, string[]> members ? members.Keys.First() : "name";
        var place = step.Document?.Yaml.PlaceOf(member);
        return new FileError(step.Change.File ?? string.Empty, place?.Line ?? 1, place?.Column ?? 1, $"{step.Change.Task}: {refusal.Detail}");
    }
}
