using Signalbox.Server.Audit.Anchors;
using Signalbox.Server.Audit.Configuration;
using Signalbox.Server.Audit.Events;
using Signalbox.Server.Audit.Filters;
using Signalbox.Server.Audit.Keys;
using Signalbox.Server.Audit.Proofs;

namespace Signalbox.Server.Audit;

/// <summary>The API of the audit log.</summary>
internal static class AuditEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var audit = endpoints.MapGroup("/api/v1/audit");
        audit.MapEvents();
        audit.MapProofs();
        audit.MapConfiguration();
        audit.MapFilters();
        audit.MapKeys();
        audit.MapWitness();
    }
}
