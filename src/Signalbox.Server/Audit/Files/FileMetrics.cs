using System.Diagnostics.Metrics;

namespace Signalbox.Server.Audit.Files;

/// <summary>What the audit file counts.</summary>
internal sealed class FileMetrics
{
    private readonly Counter<long> _written;
    private readonly Counter<long> _failed;
    private readonly Counter<long> _stalled;
    private readonly Counter<long> _skipped;

    public FileMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(AuditMetrics.MeterName);
        _written = meter.CreateCounter<long>("signalbox.audit.file.written", "{event}", "Records written to the audit file.");
        _failed = meter.CreateCounter<long>("signalbox.audit.file.failures", "{failure}", "Attempts to write the audit file that failed; they are repeated, and nothing is lost.");
        _stalled = meter.CreateCounter<long>("signalbox.audit.file.stalls", "{stall}", "Writes to the audit file that took longer than audit.file.patience.");
        _skipped = meter.CreateCounter<long>("signalbox.audit.file.skipped", "{event}", "Records whose retention was over before the audit file could take them.");
    }

    public void Written(long events) => _written.Add(events);

    public void Failed() => _failed.Add(1);

    public void Stalled() => _stalled.Add(1);

    public void Skipped(long events) => _skipped.Add(events);
}
