using System.Diagnostics.Metrics;

namespace Signalbox.Server.Audit.Sequencing;

/// <summary>What the way into the audit log counts and times.</summary>
internal sealed class SequencingMetrics
{
    private readonly Counter<long> _appended;
    private readonly Histogram<long> _batch;
    private readonly Histogram<double> _flush;
    private readonly Counter<long> _refused;
    private long _outboxDepth;

    public SequencingMetrics(IMeterFactory meters, AuditQueue queue)
    {
        var meter = meters.Create(AuditMetrics.MeterName);
        _appended = meter.CreateCounter<long>("signalbox.audit.appended", "{event}", "Events that became durable in a log.");
        _batch = meter.CreateHistogram<long>("signalbox.audit.batch.size", "{event}", "Events of one transaction.");
        _flush = meter.CreateHistogram<double>("signalbox.audit.flush.duration", "s", "Time to number, hash and write one batch, until it is durable.");
        _refused = meter.CreateCounter<long>("signalbox.audit.refused", "{event}", "Reported events that were refused because audit.queue.events or audit.queue.bytes were waiting already; their senders were told.");
        meter.CreateObservableGauge("signalbox.audit.queue.events", () => queue.Events, "{event}", "Events in memory that wait for the log or are being written.");
        meter.CreateObservableGauge("signalbox.audit.queue.size", () => queue.Bytes, "By", "Memory that those events take.");
        meter.CreateObservableGauge("signalbox.audit.outbox.events", () => OutboxDepth, "{event}", "Mandatory events that wait in the control database for the log, as last seen.");
    }

    public long OutboxDepth
    {
        get => Interlocked.Read(ref _outboxDepth);
        set => Interlocked.Exchange(ref _outboxDepth, value);
    }

    public void Flushed(int events, TimeSpan duration)
    {
        _appended.Add(events);
        _batch.Record(events);
        _flush.Record(duration.TotalSeconds);
    }

    public void Refused(int events) => _refused.Add(events);
}
