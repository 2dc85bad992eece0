namespace Signalbox.Server.Platform.Audit;

/// <summary>What a request to an endpoint is, when nothing that it did was recorded.</summary>
/// <param name="Summarised">It is called often, so that only the first call is recorded at once, and the others are counted.</param>
internal sealed record AuditedEndpoint(AuditAction Action, AuditResourceType ResourceType, bool Summarised = false);

/// <summary>Declares it where endpoints are mapped.</summary>
internal static class AuditedEndpoints
{
    public static T Audited<T>(this T endpoint, AuditAction action, AuditResourceType resourceType)
        where T : IEndpointConventionBuilder
    {
        endpoint.Add(builder => builder.Metadata.Add(new AuditedEndpoint(action, resourceType)));
        return endpoint;
    }

    public static T AuditedInSummary<T>(this T endpoint, AuditAction action, AuditResourceType resourceType)
        where T : IEndpointConventionBuilder
    {
        endpoint.Add(builder => builder.Metadata.Add(new AuditedEndpoint(action, resourceType, Summarised: true)));
        return endpoint;
    }
}
