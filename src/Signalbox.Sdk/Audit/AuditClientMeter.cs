using System.Diagnostics.Metrics;

namespace Signalbox.Sdk.Audit;

/// <summary>Counts of all clients of the process, on the meter <c>Signalbox.Audit.Client</c>.</summary>
internal static class AuditClientMeter
{
    private static readonly Meter Meter = new("Signalbox.Audit.Client");

    private static readonly Counter<long> SentCounter = Meter.CreateCounter<long>("signalbox.audit.client.sent", "{event}", "Events that are in the log.");

    private static readonly Counter<long> DroppedCounter = Meter.CreateCounter<long>("signalbox.audit.client.dropped", "{event}", "Events that did not reach the log, by reason.");

    private static readonly Counter<long> RetriedCounter = Meter.CreateCounter<long>("signalbox.audit.client.retried", "{request}", "Requests that have to be sent again.");

    private static readonly Counter<long> ErrorCounter = Meter.CreateCounter<long>("signalbox.audit.client.errors", "{error}", "Errors of the spool folder and of the application's own failure callback.");

    public static void Sent(int count) => SentCounter.Add(count);

    public static void Dropped(AuditFailureReason reason) => DroppedCounter.Add(1, new KeyValuePair<string, object?>("reason", reason.ToString().ToLowerInvariant()));

    public static void Retried() => RetriedCounter.Add(1);

    public static void Error() => ErrorCounter.Add(1);
}
