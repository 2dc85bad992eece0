namespace Signalbox.Server.Platform.Audit;

/// <summary>What can be said of a request whose endpoint says nothing of itself.</summary>
internal sealed class PlatformVocabulary : IAuditVocabulary
{
    public static AuditAction Request { get; } = new("http.request", AuditClass.Standard, AuditActivity.Other, "Called an endpoint");

    public static AuditResourceType Endpoint { get; } = new("endpoint", "An endpoint of the API");

    public IReadOnlyList<AuditAction> Actions { get; } = [Request];

    public IReadOnlyList<AuditResourceType> ResourceTypes { get; } = [Endpoint];
}
