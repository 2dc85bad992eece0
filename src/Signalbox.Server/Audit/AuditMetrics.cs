using System.Diagnostics.Metrics;

namespace Signalbox.Server.Audit;

/// <summary>What the audit log counts and times.</summary>
internal sealed class AuditMetrics
{
    public const string MeterName = "Signalbox.Audit";

    private readonly Counter<long> _dropped;

    public AuditMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _dropped = meter.CreateCounter<long>("signalbox.audit.dropped", "{event}", "Standard events that could not be kept; a gap record in the log says how many, when and why.");
    }

    /// <param name="reason">Why, as the gap record says it.</param>
    public void Dropped(string reason, long count) => _dropped.Add(count, new KeyValuePair<string, object?>("reason", reason));
}
