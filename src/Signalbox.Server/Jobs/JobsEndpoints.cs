using Signalbox.Server.Jobs.Definitions;
using Signalbox.Server.Jobs.Files;
using Signalbox.Server.Jobs.History;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Jobs;

/// <summary>The API of the scheduler.</summary>
internal static class JobsEndpoints
{
    /// <summary>In bytes; room for the ids of a change of many jobs and for the largest definition that jobs.task.bytes allows.</summary>
    private const int LongestBody = 2 * 1024 * 1024;

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var scheduler = endpoints.MapGroup("/api/v1/scheduler").WithMetadata(new BodyLimit(LongestBody));
        scheduler.MapTasks();
        scheduler.MapFires();
        scheduler.MapHistory();
        scheduler.MapFiles();
    }
}
