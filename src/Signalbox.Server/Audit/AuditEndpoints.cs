namespace Signalbox.Server.Audit;

/// <summary>The API of the audit log.</summary>
internal static class AuditEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints) => endpoints.MapGroup("/api/v1/audit");
}
