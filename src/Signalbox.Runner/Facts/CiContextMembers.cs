using System.Text.Json;

namespace Signalbox.Runner.Facts;

/// <summary>What the CI platform says, within <c>run.json</c>.</summary>
internal static class CiContextMembers
{
    public static CiContext Read(JsonElement ci) => new()
    {
        Platform = FactMembers.Text(ci, "platform"),
        RunId = FactMembers.OptionalText(ci, "runId"),
        Attempt = FactMembers.OptionalText(ci, "attempt"),
        Number = FactMembers.OptionalText(ci, "number"),
        Url = FactMembers.OptionalText(ci, "url"),
        JobId = FactMembers.OptionalText(ci, "jobId"),
        JobName = FactMembers.OptionalText(ci, "jobName"),
        JobUrl = FactMembers.OptionalText(ci, "jobUrl"),
        Pipeline = FactMembers.OptionalText(ci, "pipeline"),
        Project = FactMembers.OptionalText(ci, "project"),
        WorkerName = FactMembers.OptionalText(ci, "workerName"),
        Actor = ReadActor(ci),
        Repository = FactMembers.OptionalText(ci, "repository"),
        RepositoryUrl = FactMembers.OptionalText(ci, "repositoryUrl"),
        Branch = FactMembers.OptionalText(ci, "branch"),
        Tag = FactMembers.OptionalText(ci, "tag"),
        Commit = FactMembers.OptionalText(ci, "commit"),
        PullRequest = FactMembers.OptionalText(ci, "pullRequest"),
        BaseBranch = FactMembers.OptionalText(ci, "baseBranch"),
        Event = FactMembers.OptionalText(ci, "event"),
    };

    public static void Write(Utf8JsonWriter writer, string name, CiContext ci)
    {
        writer.WriteStartObject(name);
        FactMembers.WriteText(writer, "platform", ci.Platform);
        FactMembers.WriteText(writer, "runId", ci.RunId);
        FactMembers.WriteText(writer, "attempt", ci.Attempt);
        FactMembers.WriteText(writer, "number", ci.Number);
        FactMembers.WriteText(writer, "url", ci.Url);
        FactMembers.WriteText(writer, "jobId", ci.JobId);
        FactMembers.WriteText(writer, "jobName", ci.JobName);
        FactMembers.WriteText(writer, "jobUrl", ci.JobUrl);
        FactMembers.WriteText(writer, "pipeline", ci.Pipeline);
        FactMembers.WriteText(writer, "project", ci.Project);
        FactMembers.WriteText(writer, "workerName", ci.WorkerName);
        WriteActor(writer, ci.Actor);
        FactMembers.WriteText(writer, "repository", ci.Repository);
        FactMembers.WriteText(writer, "repositoryUrl", ci.RepositoryUrl);
        FactMembers.WriteText(writer, "branch", ci.Branch);
        FactMembers.WriteText(writer, "tag", ci.Tag);
        FactMembers.WriteText(writer, "commit", ci.Commit);
        FactMembers.WriteText(writer, "pullRequest", ci.PullRequest);
        FactMembers.WriteText(writer, "baseBranch", ci.BaseBranch);
        FactMembers.WriteText(writer, "event", ci.Event);
        writer.WriteEndObject();
    }

    private static CiActor? ReadActor(JsonElement ci) => ci.TryGetProperty("actor", out var actor) && actor.ValueKind != JsonValueKind.Null
        ? new CiActor(FactMembers.Text(actor, "id"), FactMembers.OptionalText(actor, "name"), FactMembers.OptionalText(actor, "number"))
        : null;

    private static void WriteActor(Utf8JsonWriter writer, CiActor? actor)
    {
        if (actor is null)
        {
            return;
        }

        writer.WriteStartObject("actor");
        writer.WriteString("id", actor.Id);
        FactMembers.WriteText(writer, "name", actor.Name);
        FactMembers.WriteText(writer, "number", actor.Number);
        writer.WriteEndObject();
    }
}
