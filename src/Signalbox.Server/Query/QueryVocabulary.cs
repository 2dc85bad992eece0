using Signalbox.Server.Platform.Audit;

namespace Signalbox.Server.Query;

/// <summary>What this slice records: who asks by POST, as a summary.</summary>
internal sealed class QueryVocabulary : IAuditVocabulary
{
    public static AuditAction MetricsQuery { get; } = new("metrics.query", AuditClass.Standard, AuditActivity.Read, "Asked for metrics");

    public static AuditResourceType Metrics { get; } = new("metrics", "The metrics of a tenant");

    public IReadOnlyList<AuditAction> Actions { get; } = [MetricsQuery];

    public IReadOnlyList<AuditResourceType> ResourceTypes { get; } = [Metrics];
}
