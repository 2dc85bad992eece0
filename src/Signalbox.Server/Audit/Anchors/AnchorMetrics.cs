using System.Diagnostics.Metrics;

namespace Signalbox.Server.Audit.Anchors;

/// <summary>What the anchoring of checkpoints counts and times.</summary>
internal sealed class AnchorMetrics
{
    private readonly Counter<long> _sent;
    private readonly Counter<long> _failed;
    private double _age;

    public AnchorMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(AuditMetrics.MeterName);
        _sent = meter.CreateCounter<long>("signalbox.audit.anchored", "{checkpoint}", "Checkpoints that an anchor took.");
        _failed = meter.CreateCounter<long>("signalbox.audit.anchor.failures", "{checkpoint}", "Checkpoints that an anchor did not take; they are tried again.");
        meter.CreateObservableGauge("signalbox.audit.anchor.age", () => Volatile.Read(ref _age), "s", "How long the oldest event that is under no anchored checkpoint has waited; 0 when all are.");
    }

    public void Sent() => _sent.Add(1);

    public void Failed() => _failed.Add(1);

    public void Age(TimeSpan age) => Volatile.Write(ref _age, age.TotalSeconds);
}
