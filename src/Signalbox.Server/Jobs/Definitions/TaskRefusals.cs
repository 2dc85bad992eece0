using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Jobs.Definitions;

/// <summary>Why a request about a job is refused.</summary>
internal static class TaskRefusals
{
    public static Refusal NotFound { get; } = Refusal.NotFound("task_not_found", "There is no such job in this tenant.");

    public static Refusal NameTaken(string name) => Refusal.Conflict("task_name_taken", $"There is a job named '{name}' already.");

    public static Refusal OfFile(string? file) => Refusal.Conflict("task_belongs_to_file", $"This job is defined in {file}; change it there.");

    public static Refusal HasDependents(IReadOnlyList<string> names) =>
        Refusal.Conflict("task_has_dependents", $"Other jobs run after this one: {string.Join(", ", names.Take(10))}{(names.Count > 10 ? " …" : string.Empty)}. Change or delete them first.");

    public static Refusal VersionChanged(long version) =>
        new(StatusCodes.Status412PreconditionFailed, "version_changed", "Changed meanwhile", $"This job was changed meanwhile; its version is {version}. Read it again, then try again.");
}
