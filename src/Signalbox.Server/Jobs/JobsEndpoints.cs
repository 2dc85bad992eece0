namespace Signalbox.Server.Jobs;

/// <summary>The API of the scheduler.</summary>
internal static class JobsEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
    }
}
