using System.Diagnostics.Metrics;

namespace Signalbox.Server.Audit.Retention;

/// <summary>What the deletion of old records counts.</summary>
internal sealed class RetentionMetrics
{
    private readonly Counter<long> _pruned;
    private readonly Counter<long> _failed;

    public RetentionMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(AuditMetrics.MeterName);
        _pruned = meter.CreateCounter<long>("signalbox.audit.pruned", "{event}", "Records whose payload was deleted because it was older than the retention.");
        _failed = meter.CreateCounter<long>("signalbox.audit.prune.failures", "{run}", "Looks for old records that failed.");
    }

    public void Pruned(long events) => _pruned.Add(events);

    public void Failed() => _failed.Add(1);
}
