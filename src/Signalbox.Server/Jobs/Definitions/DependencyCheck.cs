using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Jobs.Definitions;

/// <summary>Finds the job after which another one runs, and refuses circles.</summary>
internal static class DependencyCheck
{
    private const string Member = "schedule.after.task";

    /// <summary>Longer chains are refused, which also ends the search in a circle.</summary>
    private const int LongestChain = 100;

    /// <summary>Puts the id of the other job in the place of its name.</summary>
    /// <param name="id">The job that is to run after it.</param>
    public static async Task<Outcome<JobDefinition>> ResolveAsync(ControlSession session, string tenant, string id, JobDefinition definition)
    {
        if (definition.After is not { } after)
        {
            return definition;
        }

        // Locked, so that it is not deleted before there is somebody who runs after it.
        var found = await TaskStore.FindByNameAsync(session, tenant, after.Task) ?? await TaskStore.FindAsync(session, tenant, after.Task);
        if (found is null || await TaskStore.LockAsync(session, tenant, found.Id) is not { } other)
        {
            return Refusal.Invalid(Member, $"There is no job named '{after.Task}' in this tenant.");
        }

        var next = (string?)other.Id;
        for (var length = 0; next is not null; length++)
        {
            if (next == id)
            {
                return Refusal.Invalid(Member, $"'{other.Name}' runs after this job, directly or through others, so this job cannot run after it.");
            }

            if (length >= LongestChain)
            {
                return Refusal.Invalid(Member, $"More than {LongestChain} jobs in a row would run one after the other.");
            }

            next = await TaskStore.FindAfterAsync(session, tenant, next);
        }

        return definition with
        {
            After = after with { Task = other.Id },
            ScheduleText = definition.ScheduleText! with { After = definition.ScheduleText.After! with { Task = other.Id } },
        };
    }
}
