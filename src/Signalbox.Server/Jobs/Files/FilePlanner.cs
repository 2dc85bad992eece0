using Signalbox.Server.Jobs.Definitions;

namespace Signalbox.Server.Jobs.Files;

/// <summary>Compares what files define with the jobs there are; changes nothing.</summary>
internal static class FilePlanner
{
    /// <param name="folder">As read.</param>
    /// <param name="jobs">The tenant's jobs of files.</param>
    /// <param name="others">Names of the tenant's jobs of the API, by id.</param>
    public static FileWork Plan(JobFolder folder, IReadOnlyList<JobRow> jobs, IReadOnlyDictionary<string, string> others)
    {
        var errors = new List<FileError>(folder.Errors);
        var byName = jobs.ToDictionary(static job => job.Name, StringComparer.Ordinal);
        var names = jobs.Select(static job => (job.Id, job.Name)).Concat(others.Select(static other => (Id: other.Key, Name: other.Value))).ToDictionary(static job => job.Id, static job => job.Name, StringComparer.Ordinal);
        var steps = new List<FileStep>();
        foreach (var document in folder.Documents)
        {
            if (others.Values.Contains(document.Definition.Name, StringComparer.Ordinal))
            {
                var place = document.Yaml.PlaceOf("name");
                errors.Add(new FileError(document.File, place.Line, place.Column, $"name: There is a job named '{document.Definition.Name}' already, which was made through the API. Delete or rename one of them."));
                continue;
            }

            var before = byName.GetValueOrDefault(document.Definition.Name);
            var diff = DefinitionDiff.Of(before is null ? null : Shown(JobDefinition.Parse(before.Definition) with { Enabled = before.Enabled }, names), Shown(document.Definition, names))
                .Select(static change => new FileDiff(change.Member, change.Before, change.After)).ToList();
            var isSame = before is not null && diff.Count == 0 && before.FilePath == document.File;
            steps.Add(new FileStep(new FileChange(before is null ? "create" : isSame ? "unchanged" : "update", document.Definition.Name, document.File, document.Line, diff), document, before));
        }

        var defined = folder.Documents.Select(static document => document.Definition.Name).ToHashSet(StringComparer.Ordinal);
        steps.AddRange(jobs.Where(job => !defined.Contains(job.Name) && !folder.Failed.Contains(job.FilePath ?? string.Empty)).Select(static job => new FileStep(new FileChange("delete", job.Name, job.FilePath, null, []), null, job)));
        return new FileWork(steps, errors);
    }

    /// <summary>In a file other jobs go by name, in the database by id.</summary>
    private static TaskRequest Shown(JobDefinition definition, Dictionary<string, string> names)
    {
        var request = DefinitionWriter.ToRequest(definition with { Enabled = definition.Enabled ?? true }, secrets: true);
        return request.Schedule?.After is { } after && names.TryGetValue(after.Task, out var name)
            ? request with { Schedule = request.Schedule with { After = after with { Task = name } } }
            : request;
    }
}

/// <summary>One job to bring to what the files say.</summary>
/// <param name="Document">Null for a job that goes.</param>
/// <param name="Before">Null for a job that is new.</param>
internal sealed record FileStep(FileChange Change, JobDocument? Document, JobRow? Before);

/// <summary>What is to be done.</summary>
internal sealed record FileWork(IReadOnlyList<FileStep> Steps, IReadOnlyList<FileError> Errors)
{
    public FilePlan ToPlan() => new([.. Steps.Select(static step => step.Change).OrderBy(static change => change.Task, StringComparer.Ordinal)], Errors);
}
