using System.Text.Json;
using Signalbox.Server.Platform.Live;

namespace Signalbox.Server.Jobs.News;

/// <summary>Tells event streams what was changed through this process; what others changed is found by <see cref="JobsLiveSource"/>.</summary>
internal sealed class JobNews(LiveHub hub)
{
    /// <summary>The topic of everything that happens to a tenant's jobs.</summary>
    public const string Scheduler = "scheduler";

    /// <summary>The topic of one execution.</summary>
    public const string ExecutionPrefix = "execution:";

    private const string Deleted = "task.delete";

    /// <param name="action">Such as <c>task.update</c>, as the audit trail names it.</param>
    public void TaskChanged(string tenant, string id, string name, string action)
    {
        // What is there still is found by looking, like the changes of others; what is gone is not.
        if (action == Deleted)
        {
            hub.Publish(tenant, [Scheduler], "task", JsonSerializer.Serialize(new TaskNews(id, name, "delete"), JobsJson.Default.TaskNews));
        }

        hub.Poke();
    }

    /// <summary>Something was asked of an execution.</summary>
    public void ExecutionChanged() => hub.Poke();
}

/// <summary>A job was changed; read it again.</summary>
/// <param name="Id">Null when only the number of jobs is known to have changed.</param>
/// <param name="Change"><c>create</c>, <c>update</c>, <c>delete</c> or <c>change</c>.</param>
internal sealed record TaskNews(string? Id, string? Name, string Change);

/// <summary>New output of an execution.</summary>
internal sealed record OutputNews(string ExecutionId, IReadOnlyList<History.OutputItem> Items);
