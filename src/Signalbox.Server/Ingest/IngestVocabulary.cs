using Signalbox.Server.Platform.Audit;

namespace Signalbox.Server.Ingest;

/// <summary>What this slice records: who sends telemetry, as a summary.</summary>
internal sealed class IngestVocabulary : IAuditVocabulary
{
    public static AuditAction MetricsWrite { get; } = new("metrics.write", AuditClass.Standard, AuditActivity.Create, "Sent metrics");

    public static AuditAction LogsWrite { get; } = new("logs.write", AuditClass.Standard, AuditActivity.Create, "Sent logs");

    public static AuditAction TracesWrite { get; } = new("traces.write", AuditClass.Standard, AuditActivity.Create, "Sent traces");

    public static AuditResourceType Telemetry { get; } = new("telemetry", "The telemetry of a tenant");

    public IReadOnlyList<AuditAction> Actions { get; } = [MetricsWrite, LogsWrite, TracesWrite];

    public IReadOnlyList<AuditResourceType> ResourceTypes { get; } = [Telemetry];
}
